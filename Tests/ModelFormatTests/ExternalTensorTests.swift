import Glibc
import ModelFormat
import SwiftProtobuf
import Tensors
import Testing

/// A folder `inside` with weights, beside a file that nobody may reach through a model.
private final class Folders {
  let root: String
  var inside: String { root + "/inside" }

  init() throws {
    var template = Array("/tmp/external-tensors-XXXXXX".utf8CString)
    root = try #require(mkdtemp(&template).map { String(cString: $0) })
    for folder in ["inside", "inside/deep"] { mkdir(root + "/" + folder, 0o700) }
    write("inside/weights.bin", [9, 9, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    write("inside/deep/weights.bin", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    write("secret.bin", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    symlink("../secret.bin", inside + "/link.bin")
    symlink("..", inside + "/up")
    mkfifo(inside + "/pipe", 0o600)
  }

  private func write(_ path: String, _ bytes: [UInt8]) {
    let file = fopen(root + "/" + path, "wb")
    fwrite(bytes, 1, bytes.count, file)
    if let file { fclose(file) }
  }

  deinit {
    for path in [
      "inside/deep/weights.bin", "inside/weights.bin", "inside/link.bin", "inside/up",
      "inside/pipe", "secret.bin",
    ] {
      unlink(root + "/" + path)
    }
    for path in ["/inside/deep", "/inside", ""] { rmdir(root + path) }
  }
}

@Suite("External tensors")
struct ExternalTensorTests {
  private func decode(_ entries: [String: String], in folder: String?) throws -> Tensor? {
    var message = Onnx_TensorProto()
    message.dataType = ElementType.f32.rawValue
    message.dims = [2]
    message.dataLocation = .external
    message.externalData = entries.sorted { $0.key < $1.key }.map { key, value in
      Onnx_StringStringEntryProto.with {
        $0.key = key
        $0.value = value
      }
    }
    return try Value(
      decoding: message.serializedBytes(), kind: .tensor, externalTensors: folder
    ).tensor
  }

  @Test("Offset and length select bytes of a file in the folder or below it")
  func reading() throws {
    let folders = try Folders()
    let expected = try floats([1, -2], shape: [2])
    for entries in [
      ["location": "weights.bin", "offset": "2", "length": "8"],
      ["location": "weights.bin", "offset": "2"], ["location": "deep/weights.bin"],
    ] {
      #expect(try decode(entries, in: folders.inside) == expected)
    }
  }

  @Test(
    "A location outside the folder is refused",
    arguments: [
      "../secret.bin", "deep/../../secret.bin", "/etc/hostname", "link.bin", "up/secret.bin", "",
      "./deep/weights.bin", "deep//weights.bin", "deep", "pipe", "missing.bin",
      "weights.bin\u{0}x",
    ])
  func traversal(_ location: String) throws {
    let folders = try Folders()
    let error = try #require(throws: ModelError.self) {
      try decode(["location": location], in: folders.inside)
    }
    guard case .external(_, location, _) = error else {
      Issue.record("unexpected error: \(error)")
      return
    }
  }

  @Test(
    "A range beyond the file, or of the wrong size, is refused",
    arguments: [
      ("3", "8"), ("11", "0"), ("2", "7"), ("9223372036854775807", "8"), ("-1", "8"), ("x", "8"),
      ("2", "9223372036854775807"), ("0", ""),
    ])
  func ranges(_ offset: String, _ length: String) throws {
    let folders = try Folders()
    #expect(throws: ModelError.self) {
      try decode(
        ["location": "weights.bin", "offset": offset, "length": length], in: folders.inside)
    }
  }

  @Test("Without a folder every external tensor is refused")
  func noFolder() {
    #expect(throws: ModelError.self) { try decode(["location": "weights.bin"], in: nil) }
  }

  @Test("A textual model may name external constants")
  func text() throws {
    let folders = try Folders()
    let text = """
      g (float[2] x) => (float[2] y)
      <float[2] w = ["location": "weights.bin", "offset": "2"]> { y = Add(x, w) }
      """
    let graph = try Graph(text: text, externalTensors: folders.inside)
    #expect(graph.initializers.first?.tensor == (try floats([1, -2], shape: [2])))
    #expect(throws: ModelError.self) { try Graph(text: text) }
  }
}
