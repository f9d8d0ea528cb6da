import ExtendedArithmetic
import Tensors

/// The product over the given axes.
///
///     y = Π_{reduced axes} x
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C4) The product of nothing is 1 (register A13).
/// - (C7) Integers wrap around (register A4).
/// - Height: one multiplication fewer than elements.
/// - Source: onnx/onnx docs/Operators.md, ReduceProd.
enum ReduceProdEvaluator: ReductionEvaluator {
  static let name = "ReduceProd"

  static func integers(_ folds: Folds<Int128>) throws(EvaluationError) -> Outcome {
    try folds.wrapping { $0.reduce(1, &*) }
  }

  static func reals(_ folds: Folds<DoubleDouble>, _: Call) -> Outcome {
    var products = ProductTensor()
    for group in folds.groups { products.append(group) }
    return products.outcome(folds.type, folds.shape)
  }
}
