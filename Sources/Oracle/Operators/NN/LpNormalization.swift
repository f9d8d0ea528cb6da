import ExtendedArithmetic

/// Each lane divided by its Lp norm.
///
///     y = x / (Σ_{axis} |x|^p)^(1/p)
///
/// - (C1) p is 1 or 2, and 2 without the attribute.
/// - (C2) `axis` lies in [−rank, rank), −1 without the attribute.
/// - (C3) Where the norm is zero, so is the result.
/// - Source: onnx/onnx docs/Operators.md, LpNormalization.
enum LpNormalizationEvaluator: Evaluator {
  static let name = "LpNormalization"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let p = try call.int("p", default: 2)
    guard p == 1 || p == 2 else { throw .invalid("LpNormalization of p = \(p)") }
    let axis = try call.axis(try call.int("axis", default: -1), rank: x.rank)
    let norm = try LpNorm(call, x.type)
    return [
      .composite(
        try x.mapLanes(Lanes(of: x.shape, along: axis)) { row in
          let size = norm(row)
          guard size.high != 0 else { return row.map { _ in .zero } }
          return row.map { call.trace.divide($0, by: size) }
        })
    ]
  }
}
