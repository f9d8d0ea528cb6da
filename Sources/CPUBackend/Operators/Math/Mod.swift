import Glibc
import Tensors

/// The remainder of a division, element by element.
///
/// With `fmod` the result has the sign of the dividend, as in C; without it that of the divisor, and
/// floating-point types are allowed from version 28 on. The standard leaves x % 0 of integers open:
/// here it is 0.
enum ModKernel: OperatorKernel {
  static let name = "Mod"
  static let versions = [10, 13, 28]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard declaration.version < 28,
      case .tensor(let type) = declaration.inputTypes.first ?? nil, type.isFloat,
      try !declaration.attributes.flag("fmod", default: false)
    else { return }
    throw .invalidModel("floating-point types need fmod = 1")
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    if try call.flag("fmod", default: false) { return [.tensor(try Remainder.tensor(a, b))] }
    guard !a.type.isFloat || call.version >= 28 else {
      throw .invalidModel("floating-point types need fmod = 1")
    }
    return [.tensor(try Modulus.tensor(a, b))]
  }

  private enum Remainder: ArithmeticFunction {
    // Exact in every format: the remainder needs no more digits than its operands.
    static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number {
      Number(fmod(a.double, b.double))
    }
    static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number {
      b == 0 ? 0 : a.remainderReportingOverflow(dividingBy: b).partialValue
    }
  }

  private enum Modulus: ArithmeticFunction {
    static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number {
      let rest = Remainder.apply(a, b)
      if rest == 0 { return Number(signOf: b, magnitudeOf: rest) }
      return (rest < 0) != (b < 0) ? rest + b : rest
    }
    static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number {
      let rest = Remainder.apply(a, b)
      return rest != 0 && (rest < 0) != (b < 0) ? rest &+ b : rest
    }
  }
}
