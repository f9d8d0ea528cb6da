import BackendABI
import CPUBackend
import CPUBackendLibrary
import ModelFormat
import Tensors
import Testing

@Suite("The exported table of the CPU backend")
struct InterfaceTests {
  private let table: assay_api

  init() throws {
    table = try #require(backendTable(requestedVersion: ASSAY_ABI_VERSION)).pointee
  }

  /// Calls the body with room for a message and returns the status with what was written.
  private func status(
    _ body: (UnsafeMutablePointer<assay_message>) -> assay_status?
  ) throws -> (status: assay_status, message: String, reason: assay_reason) {
    var room = [CChar](repeating: 0, count: 256)
    return try room.withUnsafeMutableBufferPointer { buffer in
      var why = assay_message()
      (why.buffer, why.capacity) = (buffer.baseAddress, buffer.count)
      let status = try #require(body(&why))
      let bytes = buffer[..<why.length].map { UInt8(bitPattern: $0) }
      return (status, String(decoding: bytes, as: UTF8.self), why.reason)
    }
  }

  private func compile(
    _ session: OpaquePointer, _ model: [UInt8], options: StaticString = ""
  ) throws -> (executable: OpaquePointer?, status: assay_status, reason: assay_reason) {
    var executable: OpaquePointer?
    let result = try status { why in
      model.withUnsafeBytes { bytes in
        table.compile?(
          session, assay_bytes(bytes: bytes.baseAddress, count: bytes.count), text(options),
          &executable, why)
      }
    }
    return (executable, result.status, result.reason)
  }

  private func text(_ literal: StaticString) -> assay_text {
    assay_text(
      bytes: UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self),
      length: literal.utf8CodeUnitCount)
  }

  private func withSession(_ body: (OpaquePointer) throws -> Void) throws {
    var session: OpaquePointer?
    let result = try status { table.create?(text("{\"threads\": 2}"), &session, $0) }
    #expect(result.status == ASSAY_OK)
    let open = try #require(session)
    defer { table.destroy?(open) }
    try body(open)
  }

  @Test("A version this library does not speak gives no table")
  func otherVersion() {
    #expect(backendTable(requestedVersion: ASSAY_ABI_VERSION + 1) == nil)
    #expect(table.abi_version == ASSAY_ABI_VERSION)
    #expect(Int(table.struct_size) == MemoryLayout<assay_api>.size)
  }

  @Test("Options that are no object are invalid input", arguments: ["[]", "{", "{\"threads\": 0}"])
  func badOptions(options: String) throws {
    var session: OpaquePointer?
    let result = try status { why in
      options.withCString { bytes in
        table.create?(assay_text(bytes: bytes, length: options.utf8.count), &session, why)
      }
    }
    #expect(result.status == ASSAY_INVALID_INPUT)
    #expect(session == nil && !result.message.isEmpty)
  }

  @Test("The description names the operators and their types")
  func description() throws {
    try withSession { session in
      var json = assay_text()
      let result = try status { table.describe?(session, &json, $0) }
      #expect(result.status == ASSAY_OK)
      let bytes = UnsafeRawBufferPointer(start: json.bytes, count: json.length)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.hasPrefix("{\"schema\":\"assay.describe/1\""))
      #expect(
        text.contains(
          "{\"operator\":\"Softmax\",\"domain\":\"\",\"opsets\":[13,28],"
            + "\"types\":{\"T\":[\"bf16\",\"f64\",\"f32\",\"f16\"]},\"dynamicShapes\":true}"))
    }
  }

  @Test("A model is compiled, executed and released")
  func wholeLife() throws {
    let model = Model.singleNode(
      operator: "Add", opset: 21,
      inputs: ["a", "b"].map { ValueInfo(name: $0, type: .tensor(.f32)) },
      outputs: [ValueInfo(name: "c", type: .tensor(.f32))])
    let bytes = try model.encoded()
    try withSession { session in
      let executable = try #require(try compile(session, bytes).executable)
      defer { table.release_executable?(executable) }
      #expect(try sum(executable, of: [1, 2], and: [10, 20]) == [11, 22])
      #expect(try sum(executable, of: [1, 2], and: [1, 2, 3]) == nil)
    }
  }

  /// The first output for two tensors of rank 1; nil when the inputs are refused.
  private func sum(
    _ executable: OpaquePointer, of a: [Float], and b: [Float]
  ) throws -> [Float]? {
    var result: OpaquePointer?
    let outcome = try a.withUnsafeBufferPointer { a in
      try b.withUnsafeBufferPointer { b in
        try withUnsafePointer(to: Int64(a.count)) { aSize in
          try withUnsafePointer(to: Int64(b.count)) { bSize in
            let inputs = [vector(a, aSize), vector(b, bSize)]
            return try status { table.execute?(executable, inputs, 2, &result, $0) }
          }
        }
      }
    }
    guard outcome.status == ASSAY_OK else {
      #expect(outcome.status == ASSAY_INVALID_INPUT && result == nil)
      return nil
    }
    let open = try #require(result)
    defer { table.release_result?(open) }
    var count = 0
    let values = try #require(table.result_values?(open, &count))
    #expect(count == 1 && values.pointee.kind == ASSAY_KIND_TENSOR)
    let tensor = values.pointee.tensor
    #expect(tensor.element_type == ASSAY_TYPE_F32 && tensor.rank == 1)
    return [Float](
      UnsafeRawBufferPointer(start: tensor.bytes, count: tensor.byte_count)
        .bindMemory(to: Float.self))
  }

  private func vector(
    _ elements: UnsafeBufferPointer<Float>, _ size: UnsafePointer<Int64>
  ) -> assay_value {
    var value = assay_value()
    value.kind = ASSAY_KIND_TENSOR
    var tensor = assay_tensor()
    tensor.element_type = ASSAY_TYPE_F32
    tensor.rank = 1
    tensor.dims = size
    tensor.bytes = UnsafeRawPointer(elements.baseAddress)
    tensor.byte_count = elements.count * 4
    value.tensor = tensor
    return value
  }

  @Test("Refusals carry their status and reason")
  func refusals() throws {
    try withSession { session in
      let garbage = try compile(session, [0xFF, 0xFF])
      #expect(garbage.status == ASSAY_INVALID_MODEL && garbage.executable == nil)
      let future = Model.singleNode(
        operator: "Add", opset: 99, inputs: [ValueInfo(name: "a", type: .tensor(.f32))],
        outputs: [ValueInfo(name: "c", type: .tensor(.f32))])
      let opset = try compile(session, try future.encoded())
      #expect(opset.status == ASSAY_UNSUPPORTED && opset.reason == ASSAY_REASON_OPSET)
      let mode = try compile(session, [], options: "{\"numericMode\": \"tf32\"}")
      #expect(mode.status == ASSAY_UNSUPPORTED && mode.reason == ASSAY_REASON_NUMERIC_MODE)
    }
  }
}
