import Tensors

/// The complement of each bit of each integer, byte by byte.
enum BitwiseNotKernel: OperatorKernel {
  static let name = "BitwiseNot"
  static let versions = [18]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard let flipped = Tensor(type: x.type, shape: x.shape, bytes: x.bytes.map { ~$0 }) else {
      throw .internalError("\(x.bytes.count) bytes for \(x.type.name) of shape \(x.shape)")
    }
    return [.tensor(flipped)]
  }
}
