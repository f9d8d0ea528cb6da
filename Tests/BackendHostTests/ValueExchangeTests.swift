import BackendABI
import Tensors
import Testing

@testable import BackendHost

private func strings(_ strings: [String], shape: Shape) throws -> Tensor {
  try #require(Tensor(shape: shape, strings: strings))
}

private func integers(_ values: [Int128], _ type: ElementType = .i64) throws -> Tensor {
  try #require(Tensor(type: type, shape: [values.count], wrapping: values))
}

@Suite("Values across the standard interface")
struct ValueExchangeTests {
  /// Lays values out for a library and reads them back as if they were its outputs.
  private func exchanged(_ values: [Value]) throws -> [Value] {
    var pool = GuardedPool()
    var arena = try InputArena(values, pool: &pool)
    let inspection = arena.inspect()
    defer { arena.release(to: &pool, after: inspection) }
    #expect(!inspection.mutated && !inspection.outOfBounds)
    var reader = OutputReader(limit: 1 << 20)
    return try reader.values(arena.values, count: arena.count, types: values.map(\.type))
  }

  @Test("Values of every kind come back as they were")
  func everyKind() throws {
    let tensor = AddCase.sum
    let scalar = try #require(Tensor(type: .f32, shape: [], rounding: [1.5]))
    let values: [Value] = [
      tensor, .tensor(try strings(["", "a\u{0}b", "ü€😀"], shape: [3, 1])),
      .tensor(try #require(Tensor(type: .i4, shape: [3], wrapping: [-8, 7, -1]))),
      .tensor(try #require(Tensor(type: .f64, shape: [0, 4], bytes: []))),
      .sequence([tensor, tensor], element: .tensor(.f32)),
      .sequence([], element: .tensor(.u8)),
      .sequence([.sequence([], element: .tensor(.string))], element: .sequence(.tensor(.string))),
      .sequence([], element: .sequence(.tensor(.f16))),
      .optional(tensor, content: .tensor(.f32)), .optional(nil, content: .tensor(.bool)),
      .map(
        keys: try integers([3, -1]), values: [.tensor(scalar), .tensor(scalar)],
        value: .tensor(.f32)),
      .map(keys: try strings(["k"], shape: [1]), values: [tensor], value: .tensor(.f32)),
      .map(keys: try integers([], .u16), values: [], value: .tensor(.string)),
    ]
    #expect(try exchanged(values) == values)
  }

  @Test("A change of an input and a write beside it are told apart")
  func inspection() throws {
    var pool = GuardedPool()
    var arena = try InputArena(
      [AddCase.sum, .tensor(try strings(["abc"], shape: [1]))], pool: &pool)
    let values = try #require(arena.values)
    let first = try #require(values[0].tensor.bytes)
    UnsafeMutableRawPointer(mutating: first).storeBytes(of: 0xff, toByteOffset: 5, as: UInt8.self)
    let characters = try #require(values[1].tensor.strings[0].bytes)
    UnsafeMutablePointer(mutating: characters)[-2] ^= 0x55
    let inspection = arena.inspect()
    #expect(inspection.mutated && inspection.outOfBounds)
    #expect(
      inspection.findings == [
        "input 0: byte 5 was changed", "input 1: wrote 2 bytes before the buffer",
      ])
    arena.release(to: &pool, after: inspection)
  }

  private func refusal(_ value: assay_value, limit: Int = 1 << 20) -> String? {
    var reader = OutputReader(limit: limit)
    var copy = value
    do throws(Refusal) {
      _ = try reader.values(&copy, count: 1, types: [])
      return nil
    } catch {
      #expect(error.status == .malformed)
      return error.message
    }
  }

  @Test("Claims that cannot be true are refused before memory is touched")
  func claims() {
    var value = assay_value()
    #expect(refusal(value) == "output 0: absent")
    value.kind = 9
    #expect(refusal(value) == "output 0: unknown kind 9")
    value.kind = ASSAY_KIND_TENSOR
    #expect(refusal(value) == "output 0: unknown element type 0")
    value.tensor.element_type = 99
    #expect(refusal(value) == "output 0: unknown element type 99")
    value.tensor.element_type = ASSAY_TYPE_F32
    #expect(refusal(value) == "output 0: 0 bytes; float [] takes 4")
    value.tensor.byte_count = 4
    #expect(refusal(value) == "output 0: 4 bytes at no address")
    value.tensor.rank = 2
    #expect(refusal(value) == "output 0: 2 dimensions at no address")
    value.tensor.rank = 65
    #expect(refusal(value) == "output 0: rank 65, at most 64 is allowed")
    value.tensor = assay_tensor()
    value.tensor.element_type = ASSAY_TYPE_STRING
    value.tensor.string_count = 1
    #expect(refusal(value) == "output 0: strings at no address")
    value.kind = ASSAY_KIND_MAP
    value.map = assay_map()
    #expect(refusal(value) == "output 0: a map without keys or values")
    value.kind = ASSAY_KIND_OPTIONAL
    value.optional = assay_optional()
    #expect(
      refusal(value) == "output 0: missing, and the model does not say what it could be")
  }

  @Test("A sequence with more elements than fit into a frame is refused")
  func endlessSequence() {
    var value = assay_value()
    value.kind = ASSAY_KIND_SEQUENCE
    value.sequence.count = .max
    #expect(refusal(value) == "output 0: \(Int.max) elements at no address")
    withUnsafePointer(to: assay_value()) { element in
      value.sequence.elements = element
      #expect(refusal(value) == "output 0: more than a frame may hold")
    }
  }

  @Test("Strings of a library must be UTF-8", arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80]])
  func invalidText(_ bytes: [Int]) {
    let characters = bytes.map { CChar(truncatingIfNeeded: $0) }
    characters.withUnsafeBufferPointer { characters in
      var text = assay_text(bytes: characters.baseAddress, length: characters.count)
      withUnsafePointer(to: &text) { texts in
        var value = assay_value()
        value.kind = ASSAY_KIND_TENSOR
        value.tensor.element_type = ASSAY_TYPE_STRING
        value.tensor.string_count = 1
        value.tensor.strings = texts
        #expect(
          refusal(value)
            == "output 0: string 0 is no valid UTF-8, too long or at no address")
      }
    }
  }
}
