import Cases
import ModelFormat
import Spec
import Tensors
import Testing
import Verification

/// Faults in a decoder that averages over its logits do not show, and correct ways of rounding.
@Suite("Faulty decoders (numerics §6.10)")
struct ModelMutantTests {
  /// What a faulty decoder does; each is a change of graph, weights, inputs or outputs.
  enum Mutant: String, CaseIterable, Sendable {
    case rotationOffByOneInOneToken, maskDropsAPosition, futureLeaks, weightRowDropped
    case wrongKeyHead, normWithoutScale, zeros, uniform, neighbourToken

    func change(_ model: inout Model, _ inputs: inout [Value]) throws {
      switch self {
      case .rotationOffByOneInOneToken:
        let positions = try #require(inputs[1].tensor)
        inputs[1] = .tensor(try positions.changing { $0[2] += 1 })
      case .maskDropsAPosition:
        let count = try #require(inputs[0].tensor).shape[1]
        // Row 3 does not see token 1, in the first layer only.
        let mask = (0..<count * count).map { $0 / count == 3 && $0 % count == 1 ? 0 : 1 }
        let tensor = try #require(
          Tensor(type: .bool, shape: [count, count], wrapping: mask.map { Int128($0) }))
        model.graph.initializers.append(Initializer(name: "mask", tensor: tensor))
        try Self.edit("Attention", in: &model) { $0.inputs = $0.inputs.prefix(3) + ["mask"] }
      case .futureLeaks:
        try Self.edit("Attention", in: &model) { $0.attributes["is_causal"] = .int(0) }
      case .weightRowDropped:
        try Self.weight("w_down_1", in: &model) { for k in 0..<32 { $0[47 * 32 + k] = 0 } }
      case .wrongKeyHead:
        try Self.weight("w_key_1", in: &model) { values in
          for row in 0..<32 { for k in 0..<8 { values.swapAt(row * 16 + k, row * 16 + 8 + k) } }
        }
      case .normWithoutScale:
        try Self.weight("mlp_norm_0", in: &model) { $0 = $0.map { _ in 1 } }
      case .zeros, .uniform, .neighbourToken: break
      }
    }

    func change(_ outputs: inout [Value]) throws {
      let logits = try #require(outputs[0].tensor)
      let width = try #require(logits.shape.last)
      switch self {
      case .zeros: outputs[0] = .tensor(try logits.changing { $0 = $0.map { _ in 0 } })
      case .uniform:
        outputs[0] = .tensor(try logits.changing { $0 = $0.map { _ in 1 / Double(width) } })
      case .neighbourToken:
        outputs[0] = .tensor(
          try logits.changing { values in
            for k in 0..<width { values[width + k] = values[k] }
          })
      case .rotationOffByOneInOneToken, .maskDropsAPosition, .futureLeaks, .weightRowDropped,
        .wrongKeyHead, .normWithoutScale:
        break
      }
    }

    private static func edit(
      _ name: String, in model: inout Model, _ change: (inout Node) -> Void
    ) throws {
      let position = try #require(model.graph.nodes.firstIndex { $0.operatorName == name })
      change(&model.graph.nodes[position])
    }

    private static func weight(
      _ name: String, in model: inout Model, _ change: (inout [Double]) -> Void
    ) throws {
      let position = try #require(model.graph.initializers.firstIndex { $0.name == name })
      let tensor = model.graph.initializers[position].tensor
      model.graph.initializers[position].tensor = try tensor.changing(change)
    }
  }

  /// Five tokens of one row, in each type.
  static let cases = ["f32", "f16", "bf16"].map { "model/decoder-23/\($0)/prompt-lengths#001" }

  private func judgement(_ id: String, _ mutant: Mutant?) throws -> Judgement {
    let released = try ReleasedModels()
    let entry = try released.entry(id)
    let made = try released.catalogue.materialise(entry)
    var (model, inputs) = (made.model, made.inputs.map(\.value))
    try mutant?.change(&model, &inputs)
    var outputs = try released.run(model, inputs)
    try mutant?.change(&outputs)
    return Verifier.judge(
      outputs, against: try released.store.golden(for: entry),
      in: JudgementContext(mode: .strict, twin: entry.group.twin))
  }

  @Test("Every edge rounded to its type is a correct decoder", arguments: cases)
  func witness(_ id: String) throws {
    let judgement = try judgement(id, nil)
    #expect(judgement.verdict == .pass, "\(judgement.message)")
  }

  @Test("Every fault is caught in every type", arguments: cases, Mutant.allCases)
  func caught(_ id: String, _ mutant: Mutant) throws {
    let judgement = try judgement(id, mutant)
    #expect(judgement.verdict.kind == .fail, "\(mutant.rawValue): \(judgement.verdict)")
  }
}
