import Cases
import GoldenStore
import ModelFormat
import Oracle
import Spec
import Tensors
import Testing
import Verification

/// A node and its body are judged against one golden.
@Suite("Judging bodies")
struct BodyFormJudgementTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") {
    $0 + "/" + $1
  }

  private static let yaml = """
    operator: Selu
    versions: [22]
    accuracy: {class: elementwise}
    constraints: {C1: the output has the shape and type of the input}
    groups:
      - name: values
        intent: one of the two parameters left out
        covers: [C1]
        tier: smoke
        for: {T: [f32, f16]}
        inputs: {X: {shape: [32], fill: {normal, sigma: 2}}}
    """

  private let catalogue: CaseCatalogue
  private let oracle: Oracle

  init() throws {
    let standard = try Standard.load(from: Self.root + "/conformance-cases/standard")
    let path = Self.root + "/conformance-cases/functions/Selu.onnxtxt"
    let body = String(decoding: try FileContents.bytes(at: path), as: UTF8.self)
    catalogue = try CaseCatalogue(
      texts: [("operators/math/Selu.yaml", Self.yaml)], functions: [(path, body)],
      standard: standard)
    oracle = Oracle(standard: standard)
  }

  /// The verdict over a backend that rounds after each node of the case's model, once changed.
  private func verdict(
    _ form: ParameterForm, _ type: String, _ change: (inout Model) -> Void = { _ in }
  ) throws -> Verdict {
    let id = CaseID(group: "onnx/Selu-22/\(type)/values", index: 0, form: form)
    let entry = try #require(catalogue.entry(id))
    let made = try catalogue.materialise(entry)
    let golden = try #require(try GoldenMaking(catalogue: catalogue).golden(of: entry))
    var model = made.model
    change(&model)
    let inputs = Dictionary(uniqueKeysWithValues: made.inputs.map { ($0.name, $0.value) })
    let values = try oracle.stepwise(model, inputs: inputs).values
    return Verifier.judge(
      values, against: golden, in: JudgementContext(mode: .strict, twin: entry.group.twin)
    ).verdict
  }

  @Test("A node and its body, rounded at every step, both pass", arguments: ["f32", "f16"])
  func right(_ type: String) throws {
    #expect(try verdict(.inputs, type) == .pass)
    #expect(try verdict(.body, type) == .pass)
  }

  @Test("A kernel without its second parameter fails as one node", arguments: ["f32", "f16"])
  func wrongKernel(_ type: String) throws {
    #expect(try verdict(.inputs, type) { $0.graph.nodes[0].operatorName = "Elu" } != .pass)
  }

  @Test(
    "A chain that was matched wrongly fails as the body",
    arguments: [("Sub", "Add"), ("Less", "Greater"), ("Exp", "Abs")])
  func wrongChain(_ right: String, _ wrong: String) throws {
    let found = try verdict(.body, "f32") { model in
      for index in model.graph.nodes.indices where model.graph.nodes[index].operatorName == right {
        model.graph.nodes[index].operatorName = wrong
      }
    }
    #expect(found != .pass)
  }
}
