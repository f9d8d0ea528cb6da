/// Why an event log cannot be written or continued.
package enum EventLogError: Error, Hashable, Sendable, CustomStringConvertible {
  case unwritable(path: String, reason: String)
  case unreadable(path: String, reason: String)
  case broken(path: String, line: Int, reason: String)
  case otherPlan(path: String, reason: String)

  package var description: String {
    switch self {
    case .unwritable(let path, let reason):
      "\(path): cannot be written: \(reason)"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .broken(let path, let line, let reason):
      "\(path):\(line): \(reason); the log was changed after it was written, start a new run"
    case .otherPlan(let path, let reason):
      "\(path): belongs to another run: \(reason); resume with the options of that run"
    }
  }
}
