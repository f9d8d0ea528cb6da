import Glibc

/// The append-only log of a run: one terminated line per event, written before anything else is
/// told about it.
package final class EventLog {
  private let path: String
  private let descriptor: Int32
  private var chain: EventChain

  /// Creates a log; an existing file of the name is an error, never overwritten, unless it is empty
  /// and `replacesEmpty`: that is what a run leaves that ends before its first line.
  package init(
    creating path: String, planDigest: String, shard: String, replacesEmpty: Bool = false
  ) throws(EventLogError) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (replacesEmpty ? 0 : O_EXCL)
    descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: Self.reason()) }
    self.path = path
    chain = EventChain(planDigest: planDigest, shard: shard)
    try claim(size: 0)
  }

  /// Continues a log after its last terminated line; what follows that line is cut off.
  package init(continuing history: EventHistory) throws(EventLogError) {
    descriptor = open(history.path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unwritable(path: history.path, reason: Self.reason()) }
    path = history.path
    chain = history.chain
    try claim(size: history.fileSize)
    guard ftruncate(descriptor, off_t(history.byteCount)) == 0 else {
      throw .unwritable(path: path, reason: Self.reason())
    }
  }

  /// Locks the file as long as it is open; its size says whether it is still what was read.
  private func claim(size: Int) throws(EventLogError) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      // File systems without locks are used without.
      if errno != EWOULDBLOCK { return }
      throw .inUse(path: path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size == off_t(size) else {
      throw .inUse(path: path)
    }
  }

  deinit { close(descriptor) }

  /// Appends events as terminated lines, with one write.
  package func append(_ events: [Event]) throws(EventLogError) {
    try append(events.map { EncodedEvent($0) })
  }

  /// Appends events that were encoded before.
  package func append(_ events: [EncodedEvent]) throws(EventLogError) {
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
