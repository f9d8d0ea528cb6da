import ModelFormat
import Tensors
import Testing

@Suite("Operators of ai.onnx.ml")
struct MachineLearningTests {
  private func call(
    _ name: String, _ values: [Value?], _ attributes: [String: Attribute] = [:],
    version: Int64 = 1, outputs: Int = 1
  ) -> SingleCall {
    SingleCall(name, version, values, attributes, outputs: outputs, domain: "ai.onnx.ml")
  }

  @Test("Binarizer compares with the threshold itself, integers too")
  func binarizer() throws {
    let x = try Value.reals([-1, 0, 0.5, 2, .nan])
    #expect(try call("Binarizer", [x]).reals() == [0, 0, 1, 1, 0])
    let whole = try Value.integers([0, 1, -1])
    let half = ["threshold": Attribute.float(-0.5)]
    #expect(try call("Binarizer", [whole], half).integers() == [1, 1, 0])
    #expect(call("Binarizer", [whole], ["threshold": .int(0)]).refusal() == .invalid)
  }
}
