import Tensors

/// Tensors of one type and shape that become one tensor with a new first axis.
struct TensorStack {
  private var type: ElementType?
  private var shape: Shape
  private var count = 0
  /// The elements so far, those of less than 8 bits one a byte.
  private var bytes: [UInt8] = []
  private var strings: [String] = []

  /// - Parameters:
  ///   - type: The declared type; nil when it is not known.
  ///   - shape: The declared shape, 0 for what is not declared; the first tensor replaces it.
  init(type: ValueType?, shape: Shape) {
    if case .tensor(let element) = type { self.type = element }
    self.shape = shape
  }

  mutating func append(_ value: Value) throws(KernelError) {
    guard let tensor = value.tensor else {
      throw .invalidInput("an element of a scan output is \(value.type), a tensor is needed")
    }
    if count == 0 { (type, shape) = (tensor.type, tensor.shape) }
    guard tensor.type == type, tensor.shape == shape else {
      throw .invalidInput(
        "an element of a scan output has shape \(tensor.shape), the first has \(shape)")
    }
    count += 1
    // Refuses the trip after which the result is too large, not the sum of all of them.
    _ = try Allocation.count(of: [count] + shape, type: tensor.type)
    bytes.append(contentsOf: tensor.unpackedBytes)
    strings.append(contentsOf: tensor.strings)
  }

  func stacked() throws(KernelError) -> Tensor {
    guard let type else {
      throw .invalidModel("the type of a scan output without elements is not declared")
    }
    let shape = [count] + shape
    if type == .string { return try .of(strings: strings, shape) }
    if type.bitWidth < 8 { return try .packing(bytes, as: type, shape) }
    guard let tensor = Tensor(type: type, shape: shape, bytes: bytes) else {
      throw .internalError("\(bytes.count) bytes for \(type.name) of shape \(shape)")
    }
    return tensor
  }
}
