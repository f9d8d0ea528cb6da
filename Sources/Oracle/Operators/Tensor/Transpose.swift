/// The tensor with its axes permuted.
///
///     y[i_perm(0), …] = x[i_0, …]
///
/// - (C1) Without `perm` the order of the axes is reversed.
/// - (C2) `perm` is a permutation of 0 … rank − 1.
/// - Source: onnx/onnx docs/Operators.md, Transpose.
enum TransposeEvaluator: Evaluator {
  static let name = "Transpose"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let order = try call.ints("perm") ?? Array((0..<x.rank).reversed())
    guard order.sorted() == Array(0..<x.rank) else {
      throw .invalid("perm \(order) is no permutation of \(x.rank) axes")
    }
    let shape = order.map { x.shape[$0] }
    let strides = order.map { x.shape.rowMajorStrides[$0] }
    let positions = (0..<x.count).map { linear in
      zip(shape.index(ofLinear: linear), strides).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return [.exact(try x.gathered(positions, shape: shape))]
  }
}
