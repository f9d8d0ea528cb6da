import BackendHost
import Cases
import ModelFormat
import Runner
import Spec
import Tensors
import Testing
import Verification

@Suite("Relations between executions")
struct RelationJudgeTests {
  /// A prompt of five tokens, then the sixth behind the cache, against all six at once.
  static let id = "model/decoder-23/f32/decode-after-prompt#001"

  /// What a scripted backend does wrong in one step.
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var step = ""
    var changeModel: @Sendable (inout Model) throws -> Void = { _ in }
    var changeInputs: @Sendable (inout [Value]) throws -> Void = { _ in }
    var changeOutputs: @Sendable (inout [Value]) throws -> Void = { _ in }
  }

  /// Executes the steps as the pool does, with the fault in its step.
  private func judgement(_ fault: Fault?, id: String = id) throws -> Judgement? {
    let released = try ReleasedModels()
    let entry = try released.entry(id)
    let made = try released.catalogue.materialise(entry)
    let steps = CaseSteps(made)
    let relation = try #require(made.relation)
    var observations: [CaseObservation] = []
    while let next = try steps.next(after: observations) {
      let step = relation.steps[observations.count]
      var (model, inputs) = (step.model, next.inputs)
      if step.name == fault?.step {
        try fault?.changeModel(&model)
        try fault?.changeInputs(&inputs)
      }
      var outputs = try released.run(model, inputs)
      if step.name == fault?.step { try fault?.changeOutputs(&outputs) }
      observations.append(.outputs(outputs, ExecutionFacts()))
    }
    return judge(observations, entry, made, released)
  }

  private func judge(
    _ observations: [CaseObservation], _ entry: CaseEntry, _ made: Case, _ released: ReleasedModels
  ) -> Judgement? {
    let store = released.store
    return CaseJudge(mode: .strict) { entry in try store.golden(for: entry) }
      .judge(observations, of: entry, made: made)
  }

  @Test(
    "A backend that rounds every edge to its type keeps every relation",
    arguments: [
      id, "model/decoder-23/f16/decode-step-by-step#000",
      "model/decoder-23/bf16/decode-after-prompt#000", "model/decoder-23/f32/prompt-in-parts#000",
      "model/decoder-23/f32/row-alone#000", "model/decoder-23/f32/later-tokens-changed#000",
      "model/decoder-23/f32/fused-as-spelt#000",
    ])
  func holds(_ id: String) throws {
    let judgement = try #require(try judgement(nil, id: id))
    #expect(judgement.verdict == .pass, "\(judgement.message)")
    #expect(judgement.metrics.contains { $0.output.contains(" ~ ") })
  }

  static let faults = [
    Fault(
      testDescription: "position +1 at decode", step: "next",
      changeInputs: { inputs in
        let positions = try #require(inputs[1].tensor)
        inputs[1] = .tensor(try positions.changing { $0[0] += 1 })
      }),
    Fault(
      testDescription: "cache off by one slot", step: "next",
      changeInputs: { inputs in
        // Keys of layer 0: [1, 2, 5, 8], every head's slots moved on by one.
        let keys = try #require(inputs[2].tensor)
        inputs[2] = .tensor(
          try keys.changing { values in
            let old = values
            for k in values.indices {
              let (head, rest) = (k / 40, k % 40)
              values[head * 40 + (rest + 8) % 40] = old[k]
            }
          })
      }),
    Fault(
      testDescription: "stale values in the cache", step: "next",
      changeInputs: { inputs in
        let values = try #require(inputs[5].tensor)
        inputs[5] = .tensor(try values.changing { for k in 32..<40 { $0[k] = 0 } })
      }),
    Fault(
      testDescription: "mask leaks one in the prompt", step: "prompt",
      changeModel: { model in
        for k in model.graph.nodes.indices where model.graph.nodes[k].operatorName == "Attention" {
          model.graph.nodes[k].attributes["is_causal"] = .int(0)
        }
      }),
    Fault(
      testDescription: "one logit of the decoded token", step: "next",
      changeOutputs: { outputs in
        let logits = try #require(outputs[0].tensor)
        outputs[0] = .tensor(try logits.changing { $0[96] += 0x1p-10 })
      }),
  ]

  @Test("A fault of one side is a relation that does not hold", arguments: faults)
  func broken(_ fault: Fault) throws {
    let judgement = try #require(try judgement(fault))
    #expect(judgement.verdict == .fail(.relation), "\(judgement.message)")
  }

  @Test("A golden step that is wrong by itself gives its own verdict")
  func wrongGoldenStep() throws {
    let fault = Fault(
      testDescription: "zeros", step: "whole",
      changeOutputs: { outputs in
        let logits = try #require(outputs[0].tensor)
        outputs[0] = .tensor(try logits.changing { $0 = $0.map { _ in 0 } })
      })
    let judgement = try #require(try judgement(fault))
    #expect(judgement.verdict == .fail(.valueBound))
    #expect(judgement.message.hasPrefix("step whole: "))
  }

  @Test("Outputs that the next step cannot read are a defect of structure")
  func structure() throws {
    let few = Fault(
      testDescription: "one output", step: "prompt", changeOutputs: { $0 = Array($0.prefix(1)) })
    let judgement = try #require(try judgement(few))
    #expect(judgement.verdict == .fail(.structure))
    #expect(judgement.message == "step prompt: 1 outputs in place of 6")
  }

  @Test("A step that is refused or dies gives its verdict; one never begun gives none")
  func endings() throws {
    let released = try ReleasedModels()
    let entry = try released.entry(Self.id)
    let made = try released.catalogue.materialise(entry)
    let refusal = Refusal(.unsupported, reason: .operator, message: "no such operator")
    let refused = CaseObservation.refused(refusal, .compile)
    let judgement = try #require(judge([refused], entry, made, released))
    #expect(judgement.verdict == .unsupported(.operator))
    #expect(judgement.message.hasPrefix("step whole: "))
    #expect(try CaseSteps(made).next(after: [refused]) == nil)
    #expect(judge([.unstarted], entry, made, released) == nil)
  }

  @Test("Outputs that were never written are not fed to the next step")
  func unwritten() throws {
    let released = try ReleasedModels()
    let entry = try released.entry(Self.id)
    let made = try released.catalogue.materialise(entry)
    var facts = ExecutionFacts()
    facts.unwritten = [4]
    let observation = CaseObservation.outputs([], facts)
    #expect(try CaseSteps(made).next(after: [observation]) == nil)
    #expect(
      judge([observation], entry, made, released)?.verdict == .fail(.unwritten))
  }
}
