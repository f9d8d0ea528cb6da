import Tensors

/// Converts every element to the type of another tensor; the rules are those of Cast.
enum CastLikeKernel: OperatorKernel {
  static let name = "CastLike"
  static let versions = [15, 19, 21, 23, 24, 25]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try Conversion.roundMode(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let conversion = Conversion(
      to: try call.tensor(1).type,
      overflow: Conversion.overflow(
        saturates: try call.flag("saturate", default: true), version: call.version),
      powerOfTwoRounding: try Conversion.roundMode(call.attributes))
    return [.tensor(try conversion.tensor(try call.tensor(0)))]
  }
}
