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
enum ReduceL2Evaluator: Evaluator {
  static let name = "ReduceL2"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reduction = try Reduction(call, x, axesInputFrom: 18)
    var outcome: Outcome
    if x.isIntegral {
      outcome = try integers(x, reduction)
    } else {
      let (values, trace) = (try x.reals(), call.trace)
      let norms = reduction.groups.map { group in
        trace.primitive(
          .squareRoot, trace.sumOfSquares(group.map { values[$0] }, readAs: x.type))
      }
      outcome = .composite(ExactTensor(x.type, reduction.shape, reals: norms))
    }
    // Versions before 18 do not say what the norm of nothing is.
    if call.version < 18 {
      let isOpen =
        outcome.undefined.isEmpty ? reduction.groups.map { _ in false } : outcome.undefined
      outcome.undefined = OpenElements.mask(
        zip(isOpen, reduction.groups).map { $0 || $1.isEmpty })
    }
    return [outcome]
  }

  /// The operator's definition takes the root of the sum as a float32, so that whole roots of at
  /// most 24 bits come back exactly; others are left open, as are sums that exceed the type.
  private static func integers(
    _ x: ExactTensor, _ reduction: Reduction
  ) throws(EvaluationError) -> Outcome {
    let values = try x.integers()
    let greatest = try ExactTensor.integerRange(of: x.type).upperBound
    let sums = reduction.groups.map { group in
      group.reduce(Int128(0)) { sum, position in
        // No type holds the square of 2^32, and no sum of such squares reaches 128 bits.
        let size = min(abs(values[position]), 1 << 32)
        return sum + size * size
      }
    }
    let roots = sums.map { Int128(Double($0).squareRoot()) }
    var outcome = Outcome.exact(
      try ExactTensor(x.type, reduction.shape, integers: roots).wrapped())
    outcome.undefined = OpenElements.mask(
      zip(roots, sums).map { root, sum in
        root * root != sum || root > 1 << 24 || sum > greatest
      })
    return outcome
  }
}
