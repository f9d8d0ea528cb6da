/// The sign of each element: -1, 0 or 1; NaN for NaN.
enum SignKernel: OperatorKernel, NumberFunction {
  static let name = "Sign"
  static let versions = [9, 13]

  static func apply<Number: Real>(_ x: Number) -> Number { x < 0 ? -1 : x > 0 ? 1 : x }
  static func apply<Number: FixedWidthInteger>(_ x: Number) -> Number { x.signum() }
}
