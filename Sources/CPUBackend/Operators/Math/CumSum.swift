import Tensors

/// Running sums along an axis; `exclusive` leaves the element itself out, `reverse` starts at the
/// end.
///
/// Floating-point sums run in binary64 and are rounded when written; integer sums wrap around.
enum CumSumKernel: OperatorKernel {
  static let name = "CumSum"
  static let versions = [11, 14]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard let stated = try call.integers(1), stated.count == 1 else {
      throw .invalidInput("axis must have one element")
    }
    let lanes = Lanes(
      x.shape, axes: [try Axes.normalised(stated[0], rank: x.shape.count)])
    let scan = Scan(
      isExclusive: try call.flag("exclusive", default: false),
      isReversed: try call.flag("reverse", default: false))
    let rows = try lanes.gathered(x)
    if x.type.isFloat {
      let sums = scan.sums(try rows.reals(Double.self), lanes, zero: 0) { $0 + $1 }
      return [.tensor(try lanes.scattered(try .rounding(sums, to: x.type, rows.shape)))]
    }
    let sums = scan.sums(rows.wideIntegers, lanes, zero: 0) { $0 &+ $1 }
    return [.tensor(try lanes.scattered(try .wrapping(sums, to: x.type, rows.shape)))]
  }

  private struct Scan {
    let isExclusive: Bool
    let isReversed: Bool

    /// Running sums of each row; an exclusive sum is the shifted one, never a difference.
    func sums<Number>(
      _ elements: [Number], _ lanes: Lanes, zero: Number, _ add: (Number, Number) -> Number
    ) -> [Number] {
      var result = elements
      for row in 0..<lanes.count {
        var sum = zero
        for step in 0..<lanes.length {
          let place = row * lanes.length + (isReversed ? lanes.length - 1 - step : step)
          let next = add(sum, elements[place])
          result[place] = isExclusive ? sum : next
          sum = next
        }
      }
      return result
    }
  }
}
