import FoundationEssentials
import Tensors

extension ModelDecoder {
  /// Reads a dense tensor from whichever field holds its elements.
  func tensor(_ message: Onnx_TensorProto, at path: FieldPath) throws(ModelError) -> Tensor {
    let type = try elementType(message.dataType, at: .field(path, "data_type"))
    let (shape, count) = try shape(message.dims, at: .field(path, "dims"))
    guard !message.hasSegment else {
      throw .unsupported(path: path.description, feature: "a tensor stored in segments")
    }
    try refuseSeveralSources(message, at: path)
    if type == .string { return try stringTensor(message, shape, count, at: path) }
    guard let expected = type.byteCount(of: count) else {
      throw .limit(path: path.description, reason: "the size in bytes overflows")
    }
    let bytes: [UInt8]
    if message.dataLocation == .external {
      bytes = try external.read(message.externalData, byteCount: expected, at: path)
    } else if message.hasRawData {
      bytes = [UInt8](message.rawData)
      guard bytes.count == expected else {
        throw FieldPath.field(path, "raw_data").content(
          "\(bytes.count) bytes, \(count)×\(type.name) needs \(expected)")
      }
    } else {
      bytes = try TypedElements(message: message, type: type, count: count, path: path).bytes()
    }
    guard let tensor = Tensor(type: type, shape: shape, bytes: bytes) else {
      throw path.content("\(bytes.count) bytes do not fill \(shape) of \(type.name)")
    }
    return tensor
  }

  /// Checks dimensions and gives their product.
  func shape(_ dims: [Int64], at path: FieldPath) throws(ModelError) -> (Shape, Int) {
    var shape: Shape = []
    for (index, size) in dims.enumerated() {
      guard size >= 0, let size = Int(exactly: size) else {
        throw path.content("dimension \(index) is \(size)")
      }
      shape.append(size)
    }
    guard let count = shape.elementCount, count <= ModelLimits.elements else {
      throw .limit(path: path.description, reason: "\(dims) has more than 2^31 elements")
    }
    return (shape, count)
  }

  /// Two filled fields would leave it to chance which one a reader believes.
  private func refuseSeveralSources(
    _ message: Onnx_TensorProto, at path: FieldPath
  ) throws(ModelError) {
    let filled = [
      ("raw_data", message.hasRawData),
      ("float_data", !message.floatData.isEmpty),
      ("int32_data", !message.int32Data.isEmpty),
      ("string_data", !message.stringData.isEmpty),
      ("int64_data", !message.int64Data.isEmpty),
      ("double_data", !message.doubleData.isEmpty),
      ("uint64_data", !message.uint64Data.isEmpty),
      ("external_data", message.dataLocation == .external),
    ].filter(\.1).map(\.0)
    guard filled.count <= 1 else {
      throw path.content("elements are in several fields: \(filled.joined(separator: ", "))")
    }
  }

  private func stringTensor(
    _ message: Onnx_TensorProto, _ shape: Shape, _ count: Int, at path: FieldPath
  ) throws(ModelError) -> Tensor {
    let place = FieldPath.field(path, "string_data")
    guard message.stringData.count == count else {
      throw place.content("\(message.stringData.count) strings, the shape needs \(count)")
    }
    var strings: [String] = []
    for (index, bytes) in message.stringData.enumerated() {
      strings.append(try text([UInt8](bytes), at: .element(path, "string_data", index)))
    }
    guard let tensor = Tensor(shape: shape, strings: strings) else {
      throw place.content("\(count) strings do not fill \(shape)")
    }
    return tensor
  }

  /// Reads a sparse tensor and checks that its parts fit together.
  func sparse(
    _ message: Onnx_SparseTensorProto, at path: FieldPath
  ) throws(ModelError) -> SparseTensor {
    let (shape, _) = try shape(message.dims, at: .field(path, "dims"))
    let values = try tensor(message.values, at: .field(path, "values"))
    let indices = try tensor(message.indices, at: .field(path, "indices"))
    guard values.shape.count == 1 else {
      throw FieldPath.field(path, "values").content("has shape \(values.shape), needs rank 1")
    }
    let linear = indices.shape == [values.count]
    guard indices.type == .i64, linear || indices.shape == [values.count, shape.count] else {
      throw FieldPath.field(path, "indices").content(
        "\(indices.type.name)\(indices.shape) does not address \(values.count) values "
          + "of a rank-\(shape.count) tensor")
    }
    return SparseTensor(shape: shape, values: values, indices: indices)
  }
}
