import Tensors

/// The negation of each element; every byte but 0 is true.
enum NotKernel: OperatorKernel {
  static let name = "Not"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    return [.tensor(try .of(.bool, x.shape, x.bytes.map { $0 == 0 ? 1 : 0 } as [UInt8]))]
  }
}
