import ExtendedArithmetic
import Tensors

/// The general matrix product.
///
///     Y = alpha · A' · B' + beta · C       A' = A or Aᵀ, B' = B or Bᵀ
///
/// - (C1) A' is M×K, B' is K×N; C broadcasts (in one direction) to M×N.
/// - (C2) From version 11 on, C is optional.
/// - Height: K products and sums, the scaling by alpha, the scaled bias: K + 2.
/// - Source: onnx/onnx docs/Operators.md, Gemm.
enum GemmEvaluator: Evaluator {
  static let name = "Gemm"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let a = try matrix(call, 0, transposed: try call.flag("transA"))
    let b = try matrix(call, 1, transposed: try call.flag("transB"))
    guard a.shape[1] == b.shape[0] else {
      throw .invalid("Gemm of \(a.shape) and \(b.shape)")
    }
    let shape = [a.shape[0], b.shape[1]]
    let c = try call.optionalTensor(2)?.broadcast(to: shape)
    let alpha = try call.float("alpha", default: 1)
    let beta = try call.float("beta", default: 1)
    if a.isIntegral { return [try integers(a, b, c, shape, alpha: alpha, beta: beta)] }
    let (left, right, bias) = (try a.reals(), try b.reals(), try c?.reals())
    let depth = a.shape[1]
    var output = AccumulatedTensor(hasProducts: true, trace: call.trace)
    for position in 0..<(shape.elementCount ?? 0) {
      let (row, column) = (position / shape[1], position % shape[1])
      var terms = (0..<depth).map {
        DoubleDouble(alpha) * (left[row * depth + $0] * right[$0 * shape[1] + column])
      }
      if let bias { terms.append(DoubleDouble(beta) * bias[position]) }
      output.append(terms, height: depth + (bias == nil ? 1 : 2))
    }
    return [output.outcome(a.type, shape)]
  }

  private static func matrix(
    _ call: Call, _ position: Int, transposed: Bool
  ) throws(EvaluationError) -> ExactTensor {
    let x = try call.tensor(position)
    guard x.rank == 2 else { throw .invalid("Gemm of a tensor of rank \(x.rank)") }
    guard transposed else { return x }
    let (rows, columns) = (x.shape[0], x.shape[1])
    let positions = (0..<x.count).map { ($0 % rows) * columns + $0 / rows }
    return try x.gathered(positions, shape: [columns, rows])
  }

  /// Integer Gemm has a meaning of its own only for whole factors.
  private static func integers(
    _ a: ExactTensor, _ b: ExactTensor, _ c: ExactTensor?, _ shape: Shape, alpha: Double,
    beta: Double
  ) throws(EvaluationError) -> Outcome {
    guard let scale = Int128(exactly: alpha), let offset = Int128(exactly: beta) else {
      throw .unsupported("Gemm of integers with fractional factors")
    }
    let (left, right, bias) = (try a.integers(), try b.integers(), try c?.integers())
    let depth = a.shape[1]
    let sums = (0..<(shape.elementCount ?? 0)).map { position -> Int128 in
      let (row, column) = (position / shape[1], position % shape[1])
      let product = (0..<depth).reduce(Int128(0)) {
        $0 &+ left[row * depth + $1] &* right[$1 * shape[1] + column]
      }
      return scale &* product &+ offset &* (bias?[position] ?? 0)
    }
    return .exact(try ExactTensor(a.type, shape, integers: sums).wrapped())
  }
}
