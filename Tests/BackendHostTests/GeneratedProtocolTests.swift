import Glibc
import Testing

@Suite("Generated code of the worker protocol")
struct GeneratedProtocolTests {
  private func contents(_ name: String) throws -> [UInt8] {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let file = try #require(fopen("/\(root)/Sources/BackendHost/Protocol/\(name)", "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return bytes
  }

  /// The checksum of POSIX cksum: CRC-32 with the length appended.
  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var rest = bytes.count
    var all = bytes
    while rest > 0 {
      all.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    var sum: UInt32 = 0
    for byte in all {
      sum ^= UInt32(byte) << 24
      for _ in 0..<8 { sum = sum & 0x8000_0000 != 0 ? sum << 1 ^ 0x04c1_1db7 : sum << 1 }
    }
    return ~sum
  }

  @Test("It was generated from the description beside it")
  func fresh() throws {
    let description = try contents("worker.proto")
    let generated = String(decoding: try contents("worker.pb.swift"), as: UTF8.self)
    let line = "// cksum: \(checksum(description)) \(description.count)\n"
    #expect(generated.contains(line), "stale; run scripts/generate-protobuf")
  }
}
