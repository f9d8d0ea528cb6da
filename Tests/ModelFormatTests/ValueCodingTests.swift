import ModelFormat
import SwiftProtobuf
import Tensors
import Testing

@Suite("Encoding and decoding values")
struct ValueCodingTests {
  private static func samples() throws -> [Value] {
    let tensor = Value.tensor(try floats([1, 2], shape: [2]))
    let strings = Value.tensor(try sample(.string))
    let sequence = Value.sequence([tensor, tensor], element: .tensor(.f32))
    let keys = try integers([3, 200], shape: [2])
    let names = try #require(Tensor(shape: [2], strings: ["a", "b"]))
    let narrow = try #require(Tensor(type: .i8, shape: [2], bytes: [0x80, 0x7F]))
    let wide = try #require(
      Tensor(type: .u64, shape: [1], bytes: [UInt8](repeating: 0xFF, count: 8)))
    return [
      tensor, strings, sequence, .sequence([sequence], element: .sequence(.tensor(.f32))),
      .sequence([strings], element: .tensor(.string)),
      .optional(tensor, content: .tensor(.f32)),
      .optional(sequence, content: .sequence(.tensor(.f32))),
      .map(keys: keys, values: [tensor, tensor], value: .tensor(.f32)),
      .map(keys: names, values: [tensor, tensor], value: .tensor(.f32)),
      .map(keys: narrow, values: [tensor, tensor], value: .tensor(.f32)),
      .map(keys: wide, values: [sequence], value: .sequence(.tensor(.f32))),
      .sequence(
        [.map(keys: keys, values: [tensor, tensor], value: .tensor(.f32))],
        element: .map(key: .i64, value: .tensor(.f32))),
      .optional(
        .optional(tensor, content: .tensor(.f32)), content: .optional(.tensor(.f32))),
    ]
  }

  private static func empties() throws -> [Value] {
    let none = try #require(Tensor(type: .i64, shape: [0], bytes: []))
    return [
      .sequence([], element: .tensor(.f16)), .optional(nil, content: .sequence(.tensor(.i64))),
      .map(keys: none, values: [], value: .tensor(.f64)),
      .sequence(
        [.sequence([], element: .tensor(.f32))], element: .sequence(.tensor(.f32))),
    ]
  }

  @Test("Values of every kind survive encoding, with and without the expected type")
  func roundTrip() throws {
    for value in try Self.samples() {
      let bytes = try value.encodedMessage(name: "v")
      #expect(try Value(decoding: bytes, kind: value.type.kind) == value)
      #expect(try Value(decoding: bytes, kind: value.type.kind, expecting: value.type) == value)
    }
  }

  @Test("Empty values need the expected type")
  func empty() throws {
    for value in try Self.empties() {
      let bytes = try value.encodedMessage()
      #expect(try Value(decoding: bytes, kind: value.type.kind, expecting: value.type) == value)
      #expect(throws: ModelError.self) { try Value(decoding: bytes, kind: value.type.kind) }
    }
  }

  @Test("A value of another type than expected is refused")
  func wrongType() throws {
    for value in try Self.samples() {
      let bytes = try value.encodedMessage()
      #expect(throws: ModelError.self) {
        try Value(decoding: bytes, kind: value.type.kind, expecting: .tensor(.c128))
      }
    }
  }

  @Test("Mixed sequences and maps of unequal halves are refused")
  func inconsistent() throws {
    var sequence = Onnx_SequenceProto()
    for type in [ElementType.f32, .i32] {
      sequence.tensorValues.append(
        Onnx_TensorProto.with {
          $0.dataType = type.rawValue
          $0.dims = [0]
        })
    }
    #expect(throws: ModelError.self) {
      try Value(decoding: sequence.serializedBytes(), kind: .sequence)
    }
    var map = Onnx_MapProto()
    map.keyType = ElementType.i64.rawValue
    map.keys = [1]
    map.values.tensorValues = [sequence.tensorValues[0], sequence.tensorValues[0]]
    #expect(throws: ModelError.self) { try Value(decoding: map.serializedBytes(), kind: .map) }
    map.keyType = ElementType.i8.rawValue
    map.keys = [1, 300]
    #expect(throws: ModelError.self) { try Value(decoding: map.serializedBytes(), kind: .map) }
    map.keyType = ElementType.f32.rawValue
    #expect(throws: ModelError.self) { try Value(decoding: map.serializedBytes(), kind: .map) }
  }

  @Test("Every truncation of a value throws or decodes")
  func truncation() throws {
    for value in try Self.samples() {
      let bytes = try value.encodedMessage()
      for length in 0..<bytes.count {
        _ = try? Value(decoding: Array(bytes[..<length]), kind: value.type.kind)
      }
    }
  }
}
