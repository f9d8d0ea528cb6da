/// Exactly one of two truth values of two bool tensors, element by element.
enum XorKernel: OperatorKernel, IntegerFunction {
  static let name = "Xor"
  static let versions = [7]

  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a ^ b }
}
