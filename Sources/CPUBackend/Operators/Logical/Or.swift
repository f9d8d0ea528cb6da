/// At least one of two truth values of two bool tensors, element by element.
enum OrKernel: OperatorKernel, IntegerFunction {
  static let name = "Or"
  static let versions = [7]

  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a | b }
}
