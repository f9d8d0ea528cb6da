import ExtendedArithmetic

/// The logarithm of the sum over the given axes.
///
///     y = ln Σ_{reduced axes} x
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) Where no axis is reduced, the logarithms remain.
/// - (C4) Of nothing it is −Inf (register A13).
/// - (C6) Of a negative sum it is NaN, of zero −Inf.
/// - Source: onnx/onnx docs/Operators.md, ReduceLogSum.
enum ReduceLogSumEvaluator: Evaluator {
  static let name = "ReduceLogSum"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard !x.isIntegral else { throw .unsupported("ReduceLogSum of integers") }
    let reduction = try Reduction(call, x, axesInputFrom: 18)
    let (values, trace) = (try x.reals(), call.trace)
    let results = reduction.groups.map { group in
      trace.primitive(.log, trace.sum(group.map { values[$0] }))
    }
    var outcome = Outcome.composite(ExactTensor(x.type, reduction.shape, reals: results))
    if call.version < 18 { outcome.undefined = reduction.openWhereEmpty }
    return [outcome]
  }
}
