/// Both of two truth values of two bool tensors, element by element.
enum AndKernel: OperatorKernel, IntegerFunction {
  static let name = "And"
  static let versions = [7]

  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a & b }
}
