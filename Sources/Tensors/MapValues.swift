/// The two ways of writing the values of a map: one by one, and as one tensor of rank 1.
package enum MapValues {
  /// One tensor holding all values; nil unless they are scalars of whole bytes, or strings.
  package static func joined(_ values: [Value], type: ValueType) -> Tensor? {
    guard case .tensor(let element) = type else { return nil }
    let scalars = values.compactMap(\.tensor)
    guard scalars.count == values.count,
      scalars.allSatisfy({ $0.shape.isEmpty && $0.type == element })
    else { return nil }
    if element == .string {
      return Tensor(shape: [scalars.count], strings: scalars.flatMap(\.strings))
    }
    return Tensor(type: element, shape: [scalars.count], bytes: scalars.flatMap(\.bytes))
  }

  /// The elements of a tensor of rank 1 as scalars; nil for another rank or elements of less than
  /// a byte.
  package static func separated(_ tensor: Tensor) -> [Value]? {
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

extension Value {
  /// The values of a map as one tensor of rank 1 in the order of the given keys, since a map has no
  /// order of its own.
  ///
  /// Nil for other kinds of values, for a map that does not have exactly these keys, each once, and
  /// for values that are no scalars.
  package func column(orderedLike keys: Tensor) -> Tensor? {
    guard case .map(let own, let values, let type) = self, own.type == keys.type else {
      return nil
    }
    let names = own.mapKeys
    let positions = Dictionary(zip(names, names.indices)) { first, _ in first }
    guard positions.count == values.count, names.count == values.count, keys.count == values.count
    else { return nil }
    let ordered = keys.mapKeys.compactMap { positions[$0].map { values[$0] } }
    guard Set(keys.mapKeys).count == ordered.count else { return nil }
    return MapValues.joined(ordered, type: type)
  }

  /// A map with the elements of a tensor of rank 1 as its values; nil where their number is not
  /// that of the keys.
  package static func map(keys: Tensor, column: Tensor) -> Value? {
    guard keys.count == column.count, let values = MapValues.separated(column) else { return nil }
    return .map(keys: keys, values: values, value: .tensor(column.type))
  }
}
