import Tensors

/// Faults in the keys of maps that leave; their values are attacked as tensors are.
extension FaultFamily {
  var mapResults: [Fault] {
    [
      keys("key-dropped", "the last key of every map is missing") { keys, values in
        keys.isEmpty ? nil : (Array(keys.dropLast()), Array(values.dropLast()))
      },
      keys("key-changed", "the first key of every map is another one") { keys, values in
        keys.isEmpty ? nil : ([fresh(beside: keys)] + keys.dropFirst(), values)
      },
      keys("key-added", "every map has the value of its first key under one more key") {
        keys, values in
        values.first.map { (keys + [fresh(beside: keys)], values + [$0]) }
      },
      keys("keys-rotated", "every key of a map stands for the value of the next") {
        keys, values in
        keys.count < 2 ? nil : (Array(keys.dropFirst() + keys.prefix(1)), values)
      },
    ]
  }

  private func keys(
    _ name: String, _ summary: String,
    _ change: @escaping @Sendable ([MapKey], [Value]) -> ([MapKey], [Value])?
  ) -> Fault {
    fault(name, .gross, nil, summary, by: .placement) { site in
      guard site.model.graph.outputs.contains(where: { $0.type?.holdsMap ?? false }) else {
        return nil
      }
      return Plan(value: { $0.mappingMaps(change) })
    }
  }
}

/// A key that is none of the given ones, of their kind.
private func fresh(beside keys: [MapKey]) -> MapKey {
  var key: MapKey
  switch keys.first {
  case .text(let bytes)?: key = .text(bytes + [0x2B])
  case .integer(let number)?: key = .integer(number + 1)
  case nil: key = .integer(0)
  }
  while keys.contains(key) {
    switch key {
    case .text(let bytes): key = .text(bytes + [0x2B])
    case .integer(let number): key = .integer(number + 1)
    }
  }
  return key
}

extension ValueType {
  /// Whether a map is anywhere inside.
  fileprivate var holdsMap: Bool {
    switch self {
    case .tensor: false
    case .sequence(let inner), .optional(let inner): inner.holdsMap
    case .map: true
    }
  }
}

extension Value {
  /// The value with every map in it replaced; one without a change, or whose keys do not fit their
  /// type any more, stays.
  fileprivate func mappingMaps(_ change: ([MapKey], [Value]) -> ([MapKey], [Value])?) -> Value {
    switch self {
    case .tensor: return self
    case .sequence(let values, let element):
      return .sequence(values.map { $0.mappingMaps(change) }, element: element)
    case .optional(let content, let type):
      return .optional(content?.mappingMaps(change), content: type)
    case .map(let keys, let values, let type):
      guard let (names, changed) = change(keys.mapKeys, values),
        let tensor = Tensor(keys: names, type: keys.type)
      else { return self }
      return .map(keys: tensor, values: changed, value: type)
    }
  }
}

extension Tensor {
  /// Keys of one type as a tensor of rank 1.
  fileprivate init?(keys: [MapKey], type: ElementType) {
    var (texts, numbers): ([String], [Int128]) = ([], [])
    for key in keys {
      switch key {
      case .text(let bytes): texts.append(String(decoding: bytes, as: UTF8.self))
      case .integer(let number): numbers.append(number)
      }
    }
    if type == .string {
      self.init(shape: [keys.count], strings: texts)
    } else {
      self.init(type: type, shape: [keys.count], wrapping: numbers)
    }
  }
}
