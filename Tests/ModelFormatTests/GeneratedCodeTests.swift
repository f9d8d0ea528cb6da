import Glibc
import Testing

@Suite("Generated protobuf code")
struct GeneratedCodeTests {
  @Test(
    "The Swift code belongs to the description; run scripts/generate-protobuf",
    arguments: ["ModelFormat/Protobuf/onnx", "BackendHost/Protocol/worker"])
  func current(_ name: String) throws {
    let sources = #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Sources/"
    let description = try contents("/" + sources + name + ".proto")
    let code = String(decoding: try contents("/" + sources + name + ".pb.swift"), as: UTF8.self)
    let line = "// cksum: \(posixChecksum(description)) \(description.count)"
    #expect(code.split(separator: "\n", maxSplits: 2).dropFirst().first == Substring(line))
  }

  private func contents(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "rb"), "cannot open \(path)")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// The checksum of POSIX `cksum`: a CRC with polynomial 0x04C11DB7 over bytes and length.
  private func posixChecksum(_ bytes: [UInt8]) -> UInt32 {
    var length = bytes.count
    var tail: [UInt8] = []
    while length > 0 {
      tail.append(UInt8(length & 0xFF))
      length >>= 8
    }
    var crc: UInt32 = 0
    for byte in bytes + tail {
      crc ^= UInt32(byte) << 24
      for _ in 0..<8 { crc = crc & 0x8000_0000 == 0 ? crc << 1 : crc << 1 ^ 0x04C1_1DB7 }
    }
    return ~crc
  }
}
