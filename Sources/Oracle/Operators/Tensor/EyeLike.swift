import Tensors

/// A matrix of the input's shape with ones on one diagonal.
///
///     y[i, i + k] = 1, else 0
///
/// - (C2) The type is `dtype`, or without it that of the input.
/// - (C3) The input has rank 2.
/// - Source: onnx/onnx docs/Operators.md, EyeLike.
enum EyeLikeEvaluator: Evaluator {
  static let name = "EyeLike"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard x.rank == 2 else { throw .invalid("EyeLike of rank \(x.rank)") }
    let type =
      call.node.attributes["dtype"] == nil
      ? x.type : try Conversion.target(number: try call.int("dtype"))
    guard type.isFloat || type.isInteger || type == .bool, type.bitWidth >= 8 else {
      throw .invalid("EyeLike of \(type.onnxName)")
    }
    let k = try call.int("k", default: 0)
    let one = try ExactTensor.one(of: type)
    // The difference of two indices cannot overflow; i + k could.
    return [.exact(try one.movedOrZero(to: x.shape) { $0[1] - $0[0] == k ? [] : nil })]
  }
}
