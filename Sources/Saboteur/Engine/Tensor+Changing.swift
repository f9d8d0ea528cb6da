import NumericFormats
import Tensors

extension Tensor {
  /// A tensor of the same type and shape whose elements come from other positions; nil is zero.
  ///
  /// Works for every type, strings and complex numbers included.
  func placing(_ sources: [Int?]) -> Tensor {
    guard sources.count == count else { return self }
    if type == .string {
      return Tensor(shape: shape, strings: sources.map { at(strings, $0) ?? "" }) ?? self
    }
    let width = type.bitWidth / 8
    guard type.bitWidth % 8 == 0 else {
      let codes = codes
      return Tensor(type: type, shape: shape, codes: sources.map { at(codes, $0) ?? 0 }) ?? self
    }
    var moved: [UInt8] = []
    moved.reserveCapacity(bytes.count)
    for source in sources {
      guard let source, source >= 0, (source + 1) * width <= bytes.count else {
        moved += [UInt8](repeating: 0, count: width)
        continue
      }
      moved += bytes[source * width..<(source + 1) * width]
    }
    return Tensor(type: type, shape: shape, bytes: moved) ?? self
  }

  /// The values of a floating-point tensor replaced and rounded; elements that stay keep their bits.
  func changingFloats(_ change: ([Double]) -> [Double]) -> Tensor {
    guard let values = doubles, let format = type.floatFormat else { return self }
    let changed = change(values)
    guard changed.count == values.count else { return self }
    var codes = codes
    for index in codes.indices where changed[index].bitPattern != values[index].bitPattern {
      codes[index] = format.encode(changed[index])
    }
    return Tensor(type: type, shape: shape, codes: codes) ?? self
  }

  /// Each value of a floating-point tensor replaced.
  func mappingFloats(_ change: (Double) -> Double) -> Tensor {
    changingFloats { $0.map(change) }
  }

  /// The values of an integer tensor replaced, modulo the type's range.
  func changingIntegers(_ change: ([Int128]) -> [Int128]) -> Tensor {
    guard type.isInteger, let values = integers else { return self }
    return Tensor(type: type, shape: shape, wrapping: change(values)) ?? self
  }

  /// Each value of an integer tensor replaced, modulo the type's range.
  func mappingIntegers(_ change: (Int128) -> Int128) -> Tensor {
    changingIntegers { $0.map(change) }
  }

  private func at<Element>(_ elements: [Element], _ index: Int?) -> Element? {
    guard let index, elements.indices.contains(index) else { return nil }
    return elements[index]
  }
}

extension Value {
  /// The value with every tensor in it replaced; the values of a map are one tensor of rank 1.
  func mappingTensors(_ change: (Tensor) -> Tensor) -> Value {
    switch self {
    case .tensor(let tensor): .tensor(change(tensor))
    case .sequence(let values, let element):
      .sequence(values.map { $0.mappingTensors(change) }, element: element)
    case .optional(let value, let content):
      .optional(value?.mappingTensors(change), content: content)
    case .map(let keys, let values, let type):
      MapValues.joined(values, type: type).flatMap { .map(keys: keys, column: change($0)) } ?? self
    }
  }
}
