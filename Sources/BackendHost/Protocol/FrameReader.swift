import FoundationEssentials
import Glibc
import SwiftProtobuf

/// A frame with a length beyond the limit: the sender is broken, or something else wrote to the
/// stream.
struct FrameError: Error, Hashable, CustomStringConvertible {
  let length: Int
  let limit: Int

  var description: String { "a frame of \(length) bytes, the limit is \(limit)" }
}

/// Cuts a stream of bytes into frames: a 4-byte little-endian length and that many bytes.
struct FrameReader {
  /// What one read brought.
  enum Arrival: Hashable {
    case bytes(Int)
    /// Nothing for now; only from a descriptor that does not block.
    case nothing
    case end
    case failure(errno: Int32)
  }

  /// Bytes of the length in front of a frame.
  static let headerBytes = 4
  private static let firstCapacity = 1 << 16

  /// The longest frame that is accepted, without its header.
  var limit: Int
  private var storage = [UInt8](repeating: 0, count: firstCapacity)
  private var head = 0
  private var tail = 0

  init(limit: Int) { self.limit = limit }

  /// Whether the stream may end here without tearing a frame.
  var isBetweenFrames: Bool { head == tail }

  /// Reads once, as much as fits.
  mutating func fill(from descriptor: Int32) -> Arrival {
    makeRoom()
    let start = tail
    while true {
      let count = storage.withUnsafeMutableBytes { bytes in
        read(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if count > 0 {
        tail += count
        return .bytes(count)
      }
      if count == 0 { return .end }
      if errno == EINTR { continue }
      return errno == EAGAIN ? .nothing : .failure(errno: errno)
    }
  }

  /// Decodes the next complete frame where it lies; nil when more bytes are needed.
  /// - Returns: `.some(nil)` for a frame that is no such message.
  mutating func next<Decoded: Message>(
    as type: Decoded.Type
  ) throws(FrameError) -> Decoded?? {
    guard let length = try announcedLength() else { return nil }
    let start = head + Self.headerBytes
    guard tail - start >= length else { return nil }
    head = start + length
    return storage.withUnsafeMutableBytes { bytes -> Decoded? in
      guard length > 0, let base = bytes.baseAddress else { return Decoded() }
      // The message copies what it keeps; the frame itself is not copied.
      let frame = Data(bytesNoCopy: base + start, count: length, deallocator: .none)
      return try? Decoded(serializedBytes: frame)
    }
  }

  private func announcedLength() throws(FrameError) -> Int? {
    guard tail - head >= Self.headerBytes else { return nil }
    var length = 0
    for place in (0..<Self.headerBytes).reversed() {
      length = length << 8 | Int(storage[head + place])
    }
    guard length <= limit else { throw FrameError(length: length, limit: limit) }
    return length
  }

  /// Frees space at the end. Storage grows with what has arrived, not with what is announced, so
  /// that a garbled length does not allocate a gigabyte.
  private mutating func makeRoom() {
    if head == tail { (head, tail) = (0, 0) }
    if tail < storage.count { return }
    if head > 0 {
      storage.replaceSubrange(0..<(tail - head), with: storage[head..<tail])
      (head, tail) = (0, tail - head)
    }
    if tail > storage.count / 2 {
      storage.append(contentsOf: repeatElement(0, count: storage.count))
    }
  }
}
