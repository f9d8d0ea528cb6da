/// The absolute value of each element; the least integer stays negative.
enum AbsKernel: OperatorKernel, NumberFunction {
  static let name = "Abs"
  static let versions = [6, 13]

  static func apply<Number: Real>(_ x: Number) -> Number { x.magnitude }
  static func apply<Number: FixedWidthInteger>(_ x: Number) -> Number { x < 0 ? 0 &- x : x }
}
