/// The bits set in exactly one of two integers, element by element.
enum BitwiseXorKernel: OperatorKernel, IntegerFunction {
  static let name = "BitwiseXor"
  static let versions = [18]

  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a ^ b }
}
