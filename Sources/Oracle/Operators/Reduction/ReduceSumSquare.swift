import ExtendedArithmetic
import Tensors

/// The sum of squares over the given axes.
///
///     y = Σ_{reduced axes} x²
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) Where no axis is reduced, the squares remain.
/// - (C4) Of nothing it is 0 (register A13).
/// - (C7) Integers wrap around.
/// - Height: one multiplication, then one addition fewer than elements.
/// - Source: onnx/onnx docs/Operators.md, ReduceSumSquare.
enum ReduceSumSquareEvaluator: ReductionEvaluator {
  static let name = "ReduceSumSquare"

  static func integers(_ folds: Folds<Int128>) throws(EvaluationError) -> Outcome {
    try folds.wrapping { $0.reduce(0) { $0 &+ $1 &* $1 } }
  }

  static func reals(_ folds: Folds<DoubleDouble>, _: Call) -> Outcome {
    var output = AccumulatedTensor(hasProducts: true)
    for group in folds.groups {
      output.append(group.map { Binary64.product($0, $0) }, height: group.count)
    }
    return output.outcome(folds.type, folds.shape)
  }
}
