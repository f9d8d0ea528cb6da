import ExtendedArithmetic

/// The logarithm of the sum of exponentials over the given axes.
///
///     y = m + ln Σ_{reduced axes} exp(x − m),   m = max x
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) The maximum is subtracted first, so that finite inputs never overflow.
/// - (C3) Of nothing it is −Inf (register A13).
/// - Source: onnx/onnx docs/Operators.md, ReduceLogSumExp.
enum ReduceLogSumExpEvaluator: ReductionEvaluator {
  static let name = "ReduceLogSumExp"

  static func reals(_ folds: Folds<DoubleDouble>, _ call: Call) -> Outcome {
    .composite(folds.tensor { logSumExp($0, call.trace) })
  }

  private static func logSumExp(_ row: [DoubleDouble], _ trace: Trace) -> DoubleDouble {
    let m = row.maximum
    guard m.isFinite else { return m }
    let total = trace.sum(row.map { trace.primitive(.exp, trace.subtract($0, m)) })
    return trace.add(m, trace.primitive(.log, total))
  }
}
