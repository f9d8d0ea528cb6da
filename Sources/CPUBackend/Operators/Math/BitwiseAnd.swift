/// The bits set in both of two integers, element by element.
enum BitwiseAndKernel: OperatorKernel, IntegerFunction {
  static let name = "BitwiseAnd"
  static let versions = [18]

  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a & b }
}
