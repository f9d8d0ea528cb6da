import Tensors

/// A running combination of the elements of each row along an axis, as CumSum and CumProd make it.
///
/// Reads the axis, a second input, and `exclusive` and `reverse`. Real numbers are combined in
/// binary64 and rounded once; integers wrap around.
struct PrefixScan {
  private let lanes: Lanes
  private let isExclusive: Bool
  private let isReversed: Bool

  init(_ call: Call, _ shape: Shape) throws(KernelError) {
    guard let stated = try call.integers(1), stated.count == 1 else {
      throw .invalidInput("axis must have one element")
    }
    lanes = Lanes(shape, axes: [try Axes.normalised(stated[0], rank: shape.count)])
    isExclusive = try call.flag("exclusive", default: false)
    isReversed = try call.flag("reverse", default: false)
  }

  /// - Parameter neutral: What an exclusive scan starts with, for both kinds of numbers.
  func tensor(
    of x: Tensor, neutral: Int64, reals: (Double, Double) -> Double,
    integers: (Int64, Int64) -> Int64
  ) throws(KernelError) -> Tensor {
    let rows = try lanes.gathered(x)
    let scanned: Tensor
    if x.type.isFloat {
      scanned = try .rounding(
        scan(try rows.reals(Double.self), Double(neutral), reals), to: x.type, rows.shape)
    } else {
      scanned = try .wrapping(
        scan(rows.wideIntegers, neutral, integers), to: x.type, rows.shape)
    }
    return try lanes.scattered(scanned)
  }

  private func scan<Number>(
    _ elements: [Number], _ neutral: Number, _ combine: (Number, Number) -> Number
  ) -> [Number] {
    var result = elements
    for row in 0..<lanes.count {
      var total = neutral
      for step in 0..<lanes.length {
        let place = row * lanes.length + (isReversed ? lanes.length - 1 - step : step)
        let next = combine(total, elements[place])
        result[place] = isExclusive ? total : next
        total = next
      }
    }
    return result
  }
}
