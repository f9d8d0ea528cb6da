/// The positive part of each element; NaN for NaN.
enum ReluKernel: OperatorKernel, NumberFunction {
  static let name = "Relu"
  static let versions = [6, 13, 14]

  static func apply<Number: Real>(_ x: Number) -> Number { x < 0 ? 0 : x }
  static func apply<Number: FixedWidthInteger>(_ x: Number) -> Number { x < 0 ? 0 : x }
}
