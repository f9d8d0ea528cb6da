/// The bits set in at least one of two integers, element by element.
enum BitwiseOrKernel: OperatorKernel, IntegerFunction {
  static let name = "BitwiseOr"
  static let versions = [18]

  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a | b }
}
