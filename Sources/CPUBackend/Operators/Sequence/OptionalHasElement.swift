import Tensors

/// Whether there is an input, and one that is no empty optional.
enum OptionalHasElementKernel: OperatorKernel {
  static let name = "OptionalHasElement"
  static let versions = [15, 18, 28]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let hasElement =
      switch call.value(0) {
      case nil, .optional(nil, _): false
      default: true
      }
    return [.tensor(try .of(.bool, [], [UInt8(hasElement ? 1 : 0)]))]
  }
}
