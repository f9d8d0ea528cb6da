import Glibc

/// The append-only log of a run: one terminated line per event, written before anything else is
/// told about it.
package final class EventLog {
  private let path: String
  private let descriptor: Int32
  private var chain: EventChain

  /// Creates a log; an existing file of the name is an error, never overwritten.
  package init(creating path: String, planDigest: String, shard: String) throws(EventLogError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: Self.reason()) }
    self.path = path
    chain = EventChain(planDigest: planDigest, shard: shard)
  }

  /// Continues a log after its last terminated line; what follows that line is cut off.
  package init(continuing history: EventHistory) throws(EventLogError) {
    descriptor = open(history.path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unwritable(path: history.path, reason: Self.reason()) }
    path = history.path
    chain = history.chain
    guard ftruncate(descriptor, off_t(history.byteCount)) == 0 else {
      throw .unwritable(path: path, reason: Self.reason())
    }
  }

  deinit { close(descriptor) }

  /// Appends events as terminated lines, with one write.
  package func append(_ events: [Event]) throws(EventLogError) {
    var bytes: [UInt8] = []
    for event in events {
      bytes += chain.line(of: event)
      bytes.append(0x0A)
    }
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        write(descriptor, raw.baseAddress.map { $0 + offset }, raw.count - offset)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .unwritable(path: path, reason: Self.reason()) }
      offset += count
    }
  }

  /// Makes the log durable.
  package func synchronise() throws(EventLogError) {
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .unwritable(path: path, reason: Self.reason())
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
