/// What the harness itself could not do; never the fault of a backend.
package enum HostError: Error, Hashable, Sendable {
  /// A backend specification that means nothing.
  case specification(String, reason: String)
  /// A file that should be there is not.
  case missing(path: String, remedy: String)
  /// The system refused what is needed to start a worker.
  case spawn(program: String, reason: String)
}

extension HostError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .specification(let text, let reason): "backend \"\(text)\": \(reason)"
    case .missing(let path, let remedy): "\(path) does not exist; \(remedy)"
    case .spawn(let program, let reason): "cannot start \(program): \(reason)"
    }
  }
}
