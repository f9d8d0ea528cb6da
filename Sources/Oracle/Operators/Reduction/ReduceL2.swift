import ExtendedArithmetic
import Tensors

/// The square root of the sum of squares over the given axes.
///
///     y = √(Σ_{reduced axes} x²)
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) Where no axis is reduced, the absolute values remain.
/// - (C4) Of nothing it is 0 (register A13).
/// - (C7) A whole norm of integers is exact; how others are rounded is left open.
/// - Source: onnx/onnx docs/Operators.md, ReduceL2.
enum ReduceL2Evaluator: ReductionEvaluator {
  static let name = "ReduceL2"

  /// The operator's definition takes the root of the sum as a float32, so that whole roots of at
  /// most 24 bits come back exactly; others are left open, as are sums that exceed the type.
  static func integers(_ folds: Folds<Int128>) throws(EvaluationError) -> Outcome {
    let greatest = try ExactTensor.integerRange(of: folds.type).upperBound
    let sums = folds.groups.map { group in
      group.reduce(Int128(0)) { sum, value in
        // No type holds the square of 2^32, and no sum of such squares reaches 128 bits.
        let size = min(abs(value), 1 << 32)
        return sum + size * size
      }
    }
    let roots = sums.map { Int128(Double($0).squareRoot()) }
    var outcome = Outcome.exact(
      try ExactTensor(folds.type, folds.shape, integers: roots).wrapped())
    outcome.undefined = OpenElements.mask(
      zip(roots, sums).map { root, sum in
        root * root != sum || root > 1 << 24 || sum > greatest
      })
    return outcome
  }

  static func reals(_ folds: Folds<DoubleDouble>, _ call: Call) -> Outcome {
    let trace = call.trace
    return .composite(
      folds.tensor { trace.primitive(.squareRoot, trace.sumOfSquares($0, readAs: folds.type)) })
  }
}
