import Tensors

/// The upper or lower triangle of matrices; the other elements are zero.
///
///     y[…, i, j] = x[…, i, j] where j − i ≥ k (upper) or j − i ≤ k (lower), else 0
///
/// - (C2) `k` is 0 where it is omitted; any value is valid.
/// - (C3) All axes but the last two are batches.
/// - Source: onnx/onnx docs/Operators.md, Trilu.
enum TriluEvaluator: Evaluator {
  static let name = "Trilu"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard x.rank >= 2 else { throw .invalid("Trilu of rank \(x.rank)") }
    let k = try call.optionalTensor(1)?.ints().first ?? 0
    let isUpper = try call.flag("upper", default: true)
    func isKept(_ index: [Int]) -> Bool {
      let diagonal = index[x.rank - 1] - index[x.rank - 2]
      return isUpper ? diagonal >= k : diagonal <= k
    }
    guard x.type != .string else {
      guard (0..<x.count).allSatisfy({ isKept(x.shape.index(ofLinear: $0)) }) else {
        throw .unsupported("Trilu of strings, which have no zero")
      }
      return [.exact(x)]
    }
    let triangle = try x.movedOrZero(to: x.shape) { isKept($0) ? $0 : nil }
    return [.exact(triangle)]
  }
}
