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
enum ReduceLogSumEvaluator: ReductionEvaluator {
  static let name = "ReduceLogSum"

  static func reals(_ folds: Folds<DoubleDouble>, _ call: Call) -> Outcome {
    .composite(folds.tensor { call.trace.primitive(.log, call.trace.sum($0)) })
  }
}
