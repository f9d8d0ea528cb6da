import Tensors

/// The tensor repeated to a shape by the multidirectional broadcasting rule.
///
/// - (C1) Dimensions are aligned at the last one; a dimension of one element repeats it.
/// - (C2) The output may be larger than asked, where the asked dimension is 1 or missing.
/// - Source: onnx/onnx docs/Operators.md, Expand.
enum ExpandEvaluator: Evaluator {
  static let name = "Expand"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, asked) = (try call.tensor(0), try call.tensor(1).ints())
    guard asked.allSatisfy({ $0 >= 0 }), let shape = x.shape.broadcast(with: asked) else {
      throw .invalid("Expand of \(x.shape) to \(asked)")
    }
    return [.exact(try x.broadcast(to: shape))]
  }
}
