import Tensors

/// The smallest of any number of tensors, element by element.
///
/// NaN in any operand gives NaN (the minimum of IEEE 754-2019); of zeros either sign may come out.
enum MinKernel: OperatorKernel, ArithmeticFunction {
  static let name = "Min"
  static let versions = [8, 12, 13]

  static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number {
    if a.isNaN || b.isNaN { return .nan }
    return b < a ? b : a
  }
  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { min(a, b) }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try folding(try call.tensors()))]
  }
}
