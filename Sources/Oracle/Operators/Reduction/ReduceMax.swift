import ExtendedArithmetic
import Tensors

/// The maximum over the given axes.
///
///     y = max_{reduced axes} x
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) A NaN among the elements gives NaN, wherever it stands (register A1).
/// - (C3) The maximum of nothing is −Inf, or the type's least value (register A13).
/// - Source: onnx/onnx docs/Operators.md, ReduceMax.
enum ReduceMaxEvaluator: ReductionEvaluator {
  static let name = "ReduceMax"

  static func integers(_ folds: Folds<Int128>) throws(EvaluationError) -> Outcome {
    let least = try ExactTensor.leastInteger(of: folds.type)
    return try folds.wrapping { $0.max() ?? least }
  }

  static func reals(_ folds: Folds<DoubleDouble>, _: Call) -> Outcome {
    .exact(folds.tensor(\.maximum), signedZero: false)
  }
}
