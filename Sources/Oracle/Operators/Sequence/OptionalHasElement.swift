import Tensors

/// Whether an optional holds something, as a scalar.
///
/// - (C1) True for an optional with content, and from version 18 on for a tensor or a sequence.
/// - (C2) False for an empty optional, and from version 18 on without an input.
/// - Source: onnx/onnx docs/Operators.md, OptionalHasElement.
enum OptionalHasElementEvaluator: Evaluator {
  static let name = "OptionalHasElement"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    guard let given = call.inputs.first, let value = given else {
      guard call.version >= 18 else { throw .invalid("OptionalHasElement lacks its input") }
      return [.exact(ExactTensor([], bools: [false]))]
    }
    if case .optional(nil, _) = value { return [.exact(ExactTensor([], bools: [false]))] }
    return [.exact(ExactTensor([], bools: [true]))]
  }
}
