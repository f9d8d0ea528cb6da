import Tensors

/// The two ways of writing the values of a map: one by one, and as one tensor of rank 1.
enum MapValues {
  /// One tensor holding all values; nil unless they are scalars of whole bytes, or strings.
  static func joined(_ values: [Value], type: ValueType) -> Value? {
    guard case .tensor(let element) = type else { return nil }
    let scalars = values.compactMap(\.tensor)
    guard scalars.count == values.count, scalars.allSatisfy({ $0.shape.isEmpty }) else {
      return nil
    }
    if element == .string {
      return Tensor(shape: [scalars.count], strings: scalars.flatMap(\.strings)).map(Value.tensor)
    }
    return Tensor(type: element, shape: [scalars.count], bytes: scalars.flatMap(\.bytes))
      .map(Value.tensor)
  }

  /// The elements of a tensor of rank 1 as scalars; nil for another rank or elements of less than
  /// a byte.
  static func separated(_ tensor: Tensor) -> [Value]? {
    guard tensor.shape.count == 1 else { return nil }
    if tensor.type == .string {
      return tensor.strings.compactMap { Tensor(shape: [], strings: [$0]).map(Value.tensor) }
    }
    guard tensor.type.bitWidth % 8 == 0 else { return nil }
    let width = tensor.type.bitWidth / 8
    return (0..<tensor.count).compactMap { index in
      let bytes = Array(tensor.bytes[index * width..<(index + 1) * width])
      return Tensor(type: tensor.type, shape: [], bytes: bytes).map(Value.tensor)
    }
  }
}
