import Tensors

/// Converts every element to another type, rounding once.
///
/// Float to float rounds to nearest even; float to integer truncates; integer to integer keeps the
/// low bits; zero is false. The float8 types obey `saturate`, `float8e8m0` also `round_mode`.
enum CastKernel: OperatorKernel {
  static let name = "Cast"
  static let versions = [9, 13, 19, 21, 23, 24, 25, 28]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try Conversion.roundMode(declaration.attributes)
  }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [try declaration.attributes.elementType("to").map { .tensor($0) }]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    guard let target = try call.attributes.elementType("to") else {
      throw .invalidModel("attribute to is missing")
    }
    let conversion = Conversion(
      to: target,
      overflow: Conversion.overflow(
        saturates: try call.flag("saturate", default: true), version: call.version),
      powerOfTwoRounding: try Conversion.roundMode(call.attributes))
    return [.tensor(try conversion.tensor(try call.tensor(0)))]
  }
}
