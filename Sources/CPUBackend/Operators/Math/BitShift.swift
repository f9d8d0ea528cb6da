import Tensors

/// The first operand with its bits moved by the second, element by element.
///
/// Bits that leave the type are lost; to the right, the sign bit of a signed type is repeated.
/// Negative shifts and those of the whole width or more leave nothing but the sign: -1 for a
/// negative number to the right, else 0. Version 11 leaves that open.
enum BitShiftKernel: OperatorKernel {
  static let name = "BitShift"
  static let versions = [11, 28]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try isLeft(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, y) = (try call.tensor(0), try call.tensor(1))
    return [.tensor(try isLeft(call.attributes) ? Left.tensor(x, y) : Right.tensor(x, y))]
  }

  private static func isLeft(_ attributes: Attributes) throws(KernelError) -> Bool {
    try attributes.choice("direction", of: ["LEFT", "RIGHT"], default: "") == "LEFT"
  }

  private enum Left: IntegerFunction {
    static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number {
      b < 0 || b >= Number.bitWidth ? 0 : a &<< b
    }
  }

  private enum Right: IntegerFunction {
    static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number {
      if b < 0 || b >= Number.bitWidth { return a < 0 ? ~0 : 0 }
      return a &>> b
    }
  }
}
