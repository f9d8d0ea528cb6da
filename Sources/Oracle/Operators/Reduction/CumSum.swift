import ExtendedArithmetic

/// Running sums along an axis.
///
///     y[i] = Σ_{j ≤ i} x[j]      (exclusive: j < i; reverse: from the end)
///
/// - (C1) `axis` is an input of one element in [−rank, rank).
/// - (C2) `exclusive` leaves the element itself out, by shifting and never by subtraction (A39).
/// - Source: onnx/onnx docs/Operators.md, CumSum.
enum CumSumEvaluator: Evaluator {
  static let name = "CumSum"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let terms = try Prefixes(call, x).positions
    if x.isIntegral {
      let values = try x.integers()
      let sums = terms.map { $0.reduce(Int128(0)) { $0 &+ values[$1] } }
      return [.exact(try ExactTensor(x.type, x.shape, integers: sums).wrapped())]
    }
    let values = try x.reals()
    var output = AccumulatedTensor(hasProducts: false)
    for positions in terms {
      // The first term is copied, not added: a prefix of one element is exact.
      output.append(
        ExactSum(positions.map { values[$0] }), height: Swift.max(0, positions.count - 1))
    }
    return [output.outcome(x.type, x.shape)]
  }
}
