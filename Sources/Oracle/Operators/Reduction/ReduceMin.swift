import ExtendedArithmetic
import Tensors

/// The minimum over the given axes.
///
///     y = min_{reduced axes} x
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) A NaN among the elements gives NaN, wherever it stands (register A1).
/// - (C3) The minimum of nothing is +Inf, or the type's greatest value (register A13).
/// - Source: onnx/onnx docs/Operators.md, ReduceMin.
enum ReduceMinEvaluator: ReductionEvaluator {
  static let name = "ReduceMin"

  static func integers(_ folds: Folds<Int128>) throws(EvaluationError) -> Outcome {
    let greatest = try ExactTensor.integerRange(of: folds.type).upperBound
    return try folds.wrapping { $0.min() ?? greatest }
  }

  static func reals(_ folds: Folds<DoubleDouble>, _: Call) -> Outcome {
    .exact(folds.tensor(\.minimum), signedZero: false)
  }
}
