package import ExtendedArithmetic
import Spec
package import Tensors

/// Collects the elements of a class D output in row-major order.
package struct AccumulatedTensor {
  private let hasProducts: Bool
  private let measuresPaths: Bool
  private var values: [DoubleDouble] = []
  private var exactPrecision = true
  private var exactBits = 0
  private var side = Accumulation(
    magnitude: [], productEnergy: [], pathEnergy: [], height: [], hasProducts: false)

  /// `hasProducts`: the terms are products of two inputs, so that narrow inputs matter. With a
  /// trace, path energies are measured only where its run reads them.
  package init(hasProducts: Bool, trace: Trace? = nil) {
    self.hasProducts = hasProducts
    measuresPaths = trace?.measuresPaths ?? true
    side.hasProducts = hasProducts
  }

  /// Appends the sum of the terms.
  package mutating func append(_ terms: [DoubleDouble], height: Int) {
    append(ExactSum(terms, measuringPaths: measuresPaths), height: height)
  }

  /// Appends Σ terms; `height` counts the rounded operations on the longest path.
  ///
  /// With `count`, the element is the mean: value, S, √Q² and √E are divided by it and the division
  /// adds 1 to the height (numerics §6.4).
  package mutating func append(_ sum: ExactSum, height: Int, dividedBy count: Int = 1) {
    let divisor = Double(count)
    if exactPrecision { exactPrecision = sum.isExactInAnyOrder(precision: 24) && count == 1 }
    exactBits = Swift.max(exactBits, sum.bitsToBeExact)
    // 65504 is the greatest binary16.
    if sum.magnitude > 65504 { side.divisor = Swift.max(side.divisor, count) }
    values.append(count == 1 ? sum.value : sum.value / DoubleDouble(divisor))
    side.magnitude.append(Self.bounding(sum.magnitude / divisor))
    side.productEnergy.append(Self.bounding(sum.productEnergy / (divisor * divisor)))
    side.pathEnergy.append(Self.bounding(sum.pathEnergy / (divisor * divisor)))
    side.height.append(Int32(clamping: count == 1 ? height : height + 1))
  }

  /// Appends an element that no rounding touches, such as an empty sum.
  package mutating func append(exact value: DoubleDouble) {
    values.append(value)
    side.magnitude.append(Self.bounding(value.high.magnitude))
    side.productEnergy.append(0)
    side.pathEnergy.append(0)
    side.height.append(0)
  }

  /// The outcome under the given type and shape.
  package func outcome(_ type: ElementType, _ shape: Shape) -> Outcome {
    var side = side
    // Twins are designed for 11 bits (numerics §5), and none for more than binary32 has.
    if (12...24).contains(exactBits) { side.exactBits = exactBits }
    var outcome = Outcome(.tensor(ExactTensor(type, shape, reals: values)), .accumulated(side))
    outcome.exactInAnyOrder = exactPrecision
    return outcome
  }

  /// A float32 not below the value; the margin covers the energies' own rounding errors.
  package static func roundedUp(_ value: Double) -> Float {
    let narrow = Float(value * (1 + 0x1p-20))
    return Double(narrow) >= value ? narrow : narrow.nextUp
  }

  /// A value of a column of classes C, D and M: float32's where that is finite and normal, else binary64's.
  ///
  /// Rounded up to float32's smallest number, the energy of tiny terms would have a root above them.
  /// At the end of binary64's range the margin is cut to what is left of it; there the factor
  /// 1 + 2^-10 of the hard bound stands for it.
  package static func bounding(_ value: Double) -> Double {
    let narrow = roundedUp(value)
    let isInRange = narrow.isFinite && (narrow == 0 || narrow >= .leastNormalMagnitude)
    if isInRange || !value.isFinite { return Double(narrow) }
    return Swift.min(value * (1 + 0x1p-20), .greatestFiniteMagnitude)
  }
}
