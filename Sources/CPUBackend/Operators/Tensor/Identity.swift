import Tensors

/// The input itself, a tensor, sequence or optional.
enum IdentityKernel: OperatorKernel {
  static let name = "Identity"
  static let versions = [1, 13, 14, 16, 19, 21, 23, 24, 25]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    guard let value = call.value(0) else { throw .invalidInput("input 0 is missing") }
    return [value]
  }
}
