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

  /// Bodies up to this size share a chunk, so that a case of small tensors is one write.
  private static let smallBody = 1 << 15

  private var chunks: [[UInt8]] = []
  /// How much of the first chunk has been written.
  private var head = 0

  var isEmpty: Bool { chunks.isEmpty }

  /// Appends a message as a frame.
  /// - Returns: false, appending nothing, when the message is longer than `limit` or than protobuf
  ///   allows.
  mutating func append(_ message: some Message, limit: Int) -> Bool {
    guard let body: [UInt8] = try? message.serializedBytes(),
      body.count <= limit, let length = UInt32(exactly: body.count)
    else { return false }
    if chunks.last?.count ?? .max > 2 * Self.smallBody {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(1024)
    }
    let last = chunks.count - 1
    for place in 0..<FrameReader.headerBytes {
      chunks[last].append(UInt8(truncatingIfNeeded: length >> (8 * UInt32(place))))
    }
    if body.count <= Self.smallBody {
      chunks[last].append(contentsOf: body)
    } else {
      chunks.append(body)
    }
    return true
  }

  /// Writes until everything is written or the descriptor blocks.
  mutating func flush(to descriptor: Int32) -> Progress {
    while let chunk = chunks.first {
      let count = chunk.withUnsafeBytes { all in
        write(descriptor, all.baseAddress.map { $0 + head }, all.count - head)
      }
      if count >= 0 {
        head += count
        if head == chunk.count {
          chunks.removeFirst()
          head = 0
        }
      } else if errno == EAGAIN {
        return .blocked
      } else if errno != EINTR {
        return .failure(errno: errno)
      }
    }
    return .done
  }
}
