import ModelFormat
import SwiftProtobuf
import Tensors
import Testing

@Suite("Encoding and decoding tensors")
struct TensorCodingTests {
  private func decode(_ message: Onnx_TensorProto) throws -> Tensor {
    let value = try Value(decoding: message.serializedBytes(), kind: .tensor)
    return try #require(value.tensor)
  }

  private func message(_ type: ElementType, _ dims: [Int64]) -> Onnx_TensorProto {
    var message = Onnx_TensorProto()
    message.dataType = type.rawValue
    message.dims = dims
    return message
  }

  @Test("Every element type survives encoding", arguments: ElementType.allCases)
  func roundTrip(_ type: ElementType) throws {
    let value = Value.tensor(try sample(type))
    #expect(try Value(decoding: value.encodedMessage(), kind: .tensor) == value)
  }

  @Test("Empty and scalar tensors survive encoding", arguments: ElementType.allCases)
  func corners(_ type: ElementType) throws {
    let empty = try #require(
      type == .string
        ? Tensor(shape: [0, 3], strings: []) : Tensor(type: type, shape: [0, 3], bytes: []))
    #expect(
      try Value(decoding: Value.tensor(empty).encodedMessage(), kind: .tensor).tensor == empty)
  }

  @Test("Elements in int32_data are read for every type that may use it")
  func int32Data() throws {
    let cases: [(ElementType, [Int32], [UInt8])] = [
      (.i32, [1, -2], [1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF]),
      (.i16, [1, -2], [1, 0, 0xFE, 0xFF]), (.u16, [1, 65535], [1, 0, 0xFF, 0xFF]),
      (.i8, [1, -128], [1, 0x80]), (.u8, [1, 255], [1, 255]), (.bool, [1, 0], [1, 0]),
      (.f16, [0x3C00, 0xC000], [0x00, 0x3C, 0x00, 0xC0]),
      (.bf16, [0x3F80, 0xC000], [0x80, 0x3F, 0x00, 0xC0]),
      (.e4m3fn, [0x38, 0xFF], [0x38, 0xFF]), (.e4m3fnuz, [1, 128], [1, 128]),
      (.e5m2, [1, 128], [1, 128]), (.e5m2fnuz, [1, 128], [1, 128]), (.e8m0, [1, 255], [1, 255]),
      // One packed byte an entry, the first element in the low bits.
      (.u4, [0x21], [0x21]), (.i4, [-31], [0xE1]), (.e2m1, [0x7F], [0x7F]),
      (.u2, [0x0E], [0x0E]), (.i2, [0x0E], [0x0E]),
      // One element an entry, although raw_data packs four into three bytes: 0b100001, 0b000011.
      (.e2m3, [33, 3], [0xE1, 0x00]), (.e3m2, [33, 3], [0xE1, 0x00]),
    ]
    for (type, entries, expected) in cases {
      var tensor = message(type, [2])
      tensor.int32Data = entries
      #expect(try decode(tensor).bytes == expected, "\(type)")
    }
  }

  @Test("Elements in the other typed fields are read")
  func typedData() throws {
    var tensor = message(.f32, [2])
    tensor.floatData = [1, -2]
    #expect(try decode(tensor) == floats([1, -2], shape: [2]))
    tensor = message(.c64, [1])
    tensor.floatData = [1, -2]
    #expect(try decode(tensor).bytes == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    tensor = message(.f64, [1])
    tensor.doubleData = [-2]
    #expect(try decode(tensor).bytes == [0, 0, 0, 0, 0, 0, 0, 0xC0])
    tensor = message(.c128, [1])
    tensor.doubleData = [-2, 0]
    #expect(try decode(tensor).bytes == [0, 0, 0, 0, 0, 0, 0, 0xC0] + [0, 0, 0, 0, 0, 0, 0, 0])
    tensor = message(.i64, [1])
    tensor.int64Data = [-2]
    #expect(try decode(tensor).bytes == [0xFE] + [UInt8](repeating: 0xFF, count: 7))
    tensor = message(.u64, [1])
    tensor.uint64Data = [.max]
    #expect(try decode(tensor).bytes == [UInt8](repeating: 0xFF, count: 8))
    tensor = message(.u32, [1])
    tensor.uint64Data = [0x0102_0304]
    #expect(try decode(tensor).bytes == [4, 3, 2, 1])
    tensor = message(.string, [1])
    tensor.stringData = [.init([0xC3, 0xA4])]
    #expect(try decode(tensor).strings == ["ä"])
  }

  @Test(
    "A value its type cannot hold is refused",
    arguments: [
      (ElementType.i8, Int32(128)), (.u8, -1), (.u8, 256), (.i16, 32768), (.u16, -1), (.bool, 2),
      (.f16, 65536), (.e5m2, 256), (.e2m3, 64), (.u4, 256),
    ])
  func misfits(_ type: ElementType, _ entry: Int32) {
    var tensor = message(type, [1])
    tensor.int32Data = [entry]
    #expect(throws: ModelError.self) { try decode(tensor) }
  }

  @Test("A wrong number of bytes, entries or strings is refused with the numbers")
  func wrongCounts() throws {
    var tensor = message(.f32, [3])
    tensor.rawData = .init([UInt8](repeating: 0, count: 13))
    #expect(
      throws: ModelError.content(path: "raw_data", reason: "13 bytes, 3×f32 needs 12")
    ) { try decode(tensor) }
    tensor = message(.f32, [3])
    tensor.floatData = [1, 2]
    #expect(
      throws: ModelError.content(path: "float_data", reason: "2 entries, 3×f32 needs 3")
    ) { try decode(tensor) }
    tensor = message(.string, [2])
    tensor.stringData = [.init([0x61])]
    #expect(throws: ModelError.self) { try decode(tensor) }
    #expect(throws: ModelError.self) { try decode(message(.f32, [1])) }
  }

  @Test("The place of a bad tensor is its path from the model")
  func path() throws {
    var model = Onnx_ModelProto()
    model.irVersion = 8
    var node = Onnx_NodeProto()
    node.opType = "Op"
    var attribute = Onnx_AttributeProto()
    attribute.name = "alpha"
    attribute.type = .tensor
    attribute.t = message(.f32, [3])
    attribute.t.rawData = .init([1])
    node.attribute = [attribute]
    model.graph.node = [Onnx_NodeProto.with { $0.opType = "First" }, node]
    let bytes: [UInt8] = try model.serializedBytes()
    #expect(
      throws: ModelError.content(
        path: "graph.node[1].attribute[alpha].t.raw_data",
        reason: "1 bytes, 3×f32 needs 12")
    ) { try Model(decoding: bytes) }
  }

  @Test("Unknown types, bad shapes and invalid UTF-8 are refused")
  func badHeaders() throws {
    var tensor = message(.f32, [-1])
    #expect(throws: ModelError.self) { try decode(tensor) }
    tensor.dims = [1 << 40, 1 << 40]
    #expect(throws: ModelError.self) { try decode(tensor) }
    tensor.dims = [1 << 31, 2]
    #expect(throws: ModelError.self) { try decode(tensor) }
    tensor = message(.f32, [0])
    tensor.dataType = 99
    #expect(throws: ModelError.content(path: "data_type", reason: "99 is not an element type")) {
      try decode(tensor)
    }
    tensor = message(.string, [1])
    tensor.stringData = [.init([0xFF])]
    #expect(throws: ModelError.content(path: "string_data[0]", reason: "not UTF-8")) {
      try decode(tensor)
    }
  }

  @Test("Elements in two fields are refused, because readers would disagree")
  func ambiguous() throws {
    var tensor = message(.f32, [1])
    tensor.floatData = [1]
    tensor.rawData = .init([0, 0, 0, 0])
    let error = try #require(throws: ModelError.self) { try decode(tensor) }
    #expect(error.description.contains("raw_data, float_data"))
  }

  @Test("Segments are refused")
  func segments() {
    var tensor = message(.f32, [0])
    tensor.segment.begin = 0
    #expect(throws: ModelError.self) { try decode(tensor) }
  }
}
