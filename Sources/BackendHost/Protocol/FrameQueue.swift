import Glibc
import SwiftProtobuf

/// Frames on their way out; keeps what a descriptor that does not block did not take yet.
struct FrameQueue {
  /// How far a write came.
  enum Progress: Hashable {
    case done
    case blocked
    case failure(errno: Int32)
  }

  private var bytes: [UInt8] = []
  private var head = 0

  var isEmpty: Bool { head == bytes.count }

  /// Appends a message as a frame.
  /// - Returns: false, appending nothing, when the message is longer than `limit` or than protobuf
  ///   allows.
  mutating func append(_ message: some Message, limit: Int) -> Bool {
    guard let body: [UInt8] = try? message.serializedBytes(),
      body.count <= limit, let length = UInt32(exactly: body.count)
    else { return false }
    for place in 0..<FrameReader.headerBytes {
      bytes.append(UInt8(truncatingIfNeeded: length >> (8 * UInt32(place))))
    }
    bytes.append(contentsOf: body)
    return true
  }

  /// Writes until everything is written or the descriptor blocks.
  mutating func flush(to descriptor: Int32) -> Progress {
    while head < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        write(descriptor, all.baseAddress.map { $0 + head }, all.count - head)
      }
      if count >= 0 {
        head += count
      } else if errno == EAGAIN {
        return .blocked
      } else if errno != EINTR {
        return .failure(errno: errno)
      }
    }
    bytes.removeAll(keepingCapacity: bytes.count <= 1 << 20)
    head = 0
    return .done
  }
}
