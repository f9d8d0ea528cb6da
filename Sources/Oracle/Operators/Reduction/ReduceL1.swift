import ExtendedArithmetic
import Tensors

/// The sum of absolute values over the given axes.
///
///     y = Σ_{reduced axes} |x|
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) Where no axis is reduced, the absolute values remain.
/// - (C4) Of nothing it is 0 (register A13).
/// - (C7) Integers wrap around, the absolute value of the least one too.
/// - Source: onnx/onnx docs/Operators.md, ReduceL1.
enum ReduceL1Evaluator: ReductionEvaluator {
  static let name = "ReduceL1"

  static func integers(_ folds: Folds<Int128>) throws(EvaluationError) -> Outcome {
    try folds.wrapping { $0.reduce(0) { $0 &+ abs($1) } }
  }

  static func reals(_ folds: Folds<DoubleDouble>, _: Call) -> Outcome {
    folds.sums(\.magnitude)
  }
}
