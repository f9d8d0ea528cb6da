import ModelFormat
import SwiftProtobuf
import Tensors
import Testing

@Suite("Sparse tensors")
struct SparseTensorTests {
  @Test("Linear and coordinate positions give the same dense tensor")
  func dense() throws {
    let values = try floats([7, 8], shape: [2])
    let expected = try floats([0, 7, 0, 0, 0, 8], shape: [2, 3])
    let linear = SparseTensor(
      shape: [2, 3], values: values, indices: try integers([1, 5], shape: [2]))
    let coordinates = SparseTensor(
      shape: [2, 3], values: values, indices: try integers([0, 1, 1, 2], shape: [2, 2]))
    #expect(try linear.dense() == expected)
    #expect(try coordinates.dense() == expected)
  }

  @Test("Positions outside the shape or out of order are refused")
  func badPositions() throws {
    let values = try floats([7, 8], shape: [2])
    for positions: [UInt8] in [[1, 6], [5, 1], [1, 1]] {
      let sparse = SparseTensor(
        shape: [2, 3], values: values, indices: try integers(positions, shape: [2]))
      #expect(throws: ModelError.self) { try sparse.dense() }
    }
    let beyond = SparseTensor(
      shape: [2, 3], values: values, indices: try integers([0, 3, 1, 0], shape: [2, 2]))
    #expect(throws: ModelError.self) { try beyond.dense() }
  }

  @Test("A tensor too large to write out is refused before memory is taken")
  func tooLarge() throws {
    let sparse = SparseTensor(
      shape: [1 << 31], values: try floats([7], shape: [1]),
      indices: try integers([1], shape: [1]))
    #expect(throws: ModelError.self) { try sparse.dense() }
  }

  @Test("A sparse initializer arrives as a dense one of the name of its values")
  func initializer() throws {
    var message = Onnx_ModelProto()
    message.irVersion = 8
    var sparse = Onnx_SparseTensorProto()
    sparse.dims = [3]
    sparse.values.name = "w"
    sparse.values.dataType = ElementType.f32.rawValue
    sparse.values.dims = [1]
    sparse.values.floatData = [5]
    sparse.indices.dataType = ElementType.i64.rawValue
    sparse.indices.dims = [1]
    sparse.indices.int64Data = [2]
    message.graph.sparseInitializer = [sparse]
    let model = try Model(decoding: message.serializedBytes())
    #expect(
      model.graph.initializers == [
        Initializer(name: "w", tensor: try floats([0, 0, 5], shape: [3]))
      ])
    message.graph.sparseInitializer[0].indices.dims = [1, 2]
    #expect(throws: ModelError.self) { try Model(decoding: message.serializedBytes()) }
  }
}
