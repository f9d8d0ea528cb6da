import ExtendedArithmetic
import Spec
import Tensors

/// Collects the elements of a class P output: products of many factors.
struct ProductTensor {
  private var values: [DoubleDouble] = []
  private var range = ProductRange(largest: [], smallest: [], height: [])

  /// Appends Π factors with the largest and smallest partial product that any order may meet.
  mutating func append(_ factors: [DoubleDouble]) {
    values.append(factors.reduce(.one) { $0 * $1 })
    // A zero makes partial products exact, and an infinity is not reached by overflow.
    let magnitudes = factors.map(\.high.magnitude).filter { $0 > 0 && $0.isFinite }
    let (hasZero, hasInfinity) = (
      factors.contains { $0.high == 0 }, factors.contains { $0.high.isInfinite }
    )
    range.largest.append(hasInfinity ? 1 : magnitudes.reduce(1) { $0 * Swift.max($1, 1) })
    range.smallest.append(hasZero ? 1 : magnitudes.reduce(1) { $0 * Swift.min($1, 1) })
    range.height.append(Int32(clamping: Swift.max(0, factors.count - 1)))
  }

  func outcome(_ type: ElementType, _ shape: Shape) -> Outcome {
    Outcome(.tensor(ExactTensor(type, shape, reals: values)), .product(range))
  }
}

extension [DoubleDouble] {
  /// The smallest element, NaN if any is NaN; +Inf when empty.
  var minimum: DoubleDouble {
    reduce(DoubleDouble.infinity) { $0.isNaN || $1.isNaN ? .nan : ($1 < $0 ? $1 : $0) }
  }
}
