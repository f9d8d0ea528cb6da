import ExtendedArithmetic

/// Running products along an axis.
///
///     y[i] = Π_{j ≤ i} x[j]      (exclusive: j < i; reverse: from the end)
///
/// - (C1) `axis` is an input of one element in [−rank, rank).
/// - (C2) `exclusive` leaves the element itself out, by shifting and never by division; the product
///   of nothing is 1.
/// - (C5) Integers wrap around (register A4).
/// - Source: onnx/onnx docs/Operators.md, CumProd.
enum CumProdEvaluator: Evaluator {
  static let name = "CumProd"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let factors = try Prefixes(call, x).positions
    if x.isIntegral {
      let values = try x.integers()
      let products = factors.map { $0.reduce(Int128(1)) { $0 &* values[$1] } }
      return [.exact(try ExactTensor(x.type, x.shape, integers: products).wrapped())]
    }
    let values = try x.reals()
    var output = ProductTensor()
    for positions in factors { output.append(positions.map { values[$0] }) }
    return [output.outcome(x.type, x.shape)]
  }
}
