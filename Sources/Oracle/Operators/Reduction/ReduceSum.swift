import ExtendedArithmetic
import Tensors

/// The sum over the given axes.
///
///     y = Σ_{reduced axes} x
///
/// - (C1) From version 13 on, `axes` is an optional input; before, an attribute.
/// - (C2) Without axes all are reduced, or none with `noop_with_empty_axes`.
/// - (C3) `keepdims` keeps reduced axes with length 1.
/// - (C4) The sum of nothing is 0 (register A13).
/// - Source: onnx/onnx docs/Operators.md, ReduceSum.
enum ReduceSumEvaluator: ReductionEvaluator {
  static let name = "ReduceSum"

  static let axesInputFrom = 13

  static func isOpenWhereEmpty(version: Int) -> Bool { false }

  static func integers(_ folds: Folds<Int128>) throws(EvaluationError) -> Outcome {
    try folds.wrapping { $0.reduce(0, &+) }
  }

  static func reals(_ folds: Folds<DoubleDouble>, _: Call) -> Outcome { folds.sums() }
}
