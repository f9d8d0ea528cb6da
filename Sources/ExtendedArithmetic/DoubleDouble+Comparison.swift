/// Comparison is by value; as for `Double`, NaN is unordered and -0 equals 0.
extension DoubleDouble: Comparable {
  package static func < (x: DoubleDouble, y: DoubleDouble) -> Bool {
    x.high < y.high || (x.high == y.high && x.low < y.low)
  }

  package static func > (x: DoubleDouble, y: DoubleDouble) -> Bool { y < x }

  // Written out because the defaults negate `<` and would hold for NaN.
  package static func <= (x: DoubleDouble, y: DoubleDouble) -> Bool { x < y || x == y }
  package static func >= (x: DoubleDouble, y: DoubleDouble) -> Bool { y <= x }
}
