/// Why an event log cannot be written or continued.
package enum EventLogError: Error, Hashable, Sendable, CustomStringConvertible {
  case unwritable(path: String, reason: String)
  case unreadable(path: String, reason: String)
  case broken(path: String, line: Int, reason: String)
  /// The run was stopped before it wrote its first line.
  case empty(path: String)
  /// Another process writes the log, or wrote it since it was read.
  case inUse(path: String)

  package var description: String {
    switch self {
    case .unwritable(let path, let reason):
      "\(path): cannot be written: \(reason)"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .broken(let path, let line, let reason):
      "\(path):\(line): \(reason); the log was changed after it was written, start a new run"
    case .empty(let path): "\(path): holds no event; its run ended before it began, run it again"
    case .inUse(let path):
      "\(path): another run is writing this log; wait for its end, or give another --report folder"
    }
  }
}
