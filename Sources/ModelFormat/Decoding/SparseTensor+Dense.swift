package import Tensors

extension SparseTensor {
  /// The same tensor with its zeros written out.
  ///
  /// - Throws: when a position lies outside the shape, is not larger than the one before, when
  ///   the elements are strings or narrower than a byte, or the result exceeds the limit.
  package func dense() throws(ModelError) -> Tensor { try dense(at: .root("sparse tensor")) }

  func dense(at path: FieldPath) throws(ModelError) -> Tensor {
    let width = values.type.bitWidth / 8
    guard width > 0, values.type.bitWidth % 8 == 0 else {
      throw .unsupported(
        path: path.description, feature: "a sparse tensor of \(values.type.onnxName)")
    }
    guard let count = shape.elementCount, let size = values.type.byteCount(of: count),
      size <= ModelLimits.denseBytes
    else {
      throw .limit(path: path.description, reason: "\(shape) is too large to write out")
    }
    var bytes = [UInt8](repeating: 0, count: size)
    var previous = -1
    for index in 0..<values.count {
      let position = try linearPosition(index, count: count, at: path)
      guard position > previous else {
        throw FieldPath.element(path, "indices", index).content("not in ascending order")
      }
      previous = position
      let source = index * width
      bytes.replaceSubrange(
        position * width..<(position + 1) * width, with: values.bytes[source..<source + width])
    }
    guard let tensor = Tensor(type: values.type, shape: shape, bytes: bytes) else {
      throw path.content("\(size) bytes do not fill \(shape)")
    }
    return tensor
  }

  private func linearPosition(
    _ index: Int, count: Int, at path: FieldPath
  ) throws(ModelError) -> Int {
    let codes = coordinates(index)
    var position = 0
    let sizes = indices.shape.count == 1 ? [count] : shape
    guard codes.count == sizes.count else {
      throw FieldPath.element(path, "indices", index).content("has the wrong rank")
    }
    for (coordinate, size) in zip(codes, sizes) {
      guard coordinate >= 0, coordinate < size else {
        throw FieldPath.element(path, "indices", index).content("\(codes) is outside \(sizes)")
      }
      // Below `count`, because every coordinate is below its size.
      position = position * size + Int(coordinate)
    }
    return position
  }

  private func coordinates(_ index: Int) -> [Int64] {
    let rank = indices.shape.count == 1 ? 1 : shape.count
    return (0..<rank).map { axis in
      indices.bytes.withUnsafeBytes { raw in
        let offset = (index * rank + axis) * MemoryLayout<Int64>.size
        guard offset + MemoryLayout<Int64>.size <= raw.count else { return -1 }
        return Int64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: Int64.self))
      }
    }
  }
}
