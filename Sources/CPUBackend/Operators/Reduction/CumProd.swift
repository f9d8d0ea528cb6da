import Tensors

/// Running products along an axis; `exclusive` leaves the element itself out, `reverse` starts at
/// the end.
///
/// Floating-point products run in binary64 and are rounded when written; integer products wrap
/// around. Exclusive products are shifted, never quotients.
enum CumProdKernel: OperatorKernel {
  static let name = "CumProd"
  static let versions = [26]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard let stated = try call.integers(1), stated.count == 1 else {
      throw .invalidInput("axis must have one element")
    }
    let lanes = Lanes(
      x.shape, axes: [try Axes.normalised(stated[0], rank: x.shape.count)])
    let isExclusive = try call.flag("exclusive", default: false)
    let isReversed = try call.flag("reverse", default: false)
    let rows = try lanes.gathered(x)
    if x.type.isFloat {
      let products = scan(
        try rows.reals(Double.self), lanes, isExclusive, isReversed, one: 1
      ) { $0 * $1 }
      return [.tensor(try lanes.scattered(try .rounding(products, to: x.type, rows.shape)))]
    }
    let products = scan(rows.wideIntegers, lanes, isExclusive, isReversed, one: 1) { $0 &* $1 }
    return [.tensor(try lanes.scattered(try .wrapping(products, to: x.type, rows.shape)))]
  }

  private static func scan<Number>(
    _ factors: [Number], _ lanes: Lanes, _ isExclusive: Bool, _ isReversed: Bool, one: Number,
    _ multiply: (Number, Number) -> Number
  ) -> [Number] {
    var result = factors
    for row in 0..<lanes.count {
      let range = row * lanes.length..<(row + 1) * lanes.length
      var product = one
      for step in 0..<lanes.length {
        let place = isReversed ? range.upperBound - 1 - step : range.lowerBound + step
        let next = multiply(product, factors[place])
        result[place] = isExclusive ? product : next
        product = next
      }
    }
    return result
  }
}
