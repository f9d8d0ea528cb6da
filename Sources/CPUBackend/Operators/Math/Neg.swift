/// Each element with its sign flipped, zeros too; the least integer stays as it is.
enum NegKernel: OperatorKernel, NumberFunction {
  static let name = "Neg"
  static let versions = [6, 13]

  static func apply<Number: Real>(_ x: Number) -> Number { -x }
  static func apply<Number: FixedWidthInteger>(_ x: Number) -> Number { 0 &- x }
}
