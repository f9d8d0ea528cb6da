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
    let magnitudes = factors.map(\.high.magnitude)
    range.largest.append(magnitudes.reduce(1) { $0 * Swift.max($1, 1) })
    range.smallest.append(magnitudes.reduce(1) { $0 * Swift.min($1, 1) })
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
