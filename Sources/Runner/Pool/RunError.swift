package import BackendHost

/// Why a run cannot be executed at all.
package enum RunError: Error, Sendable, CustomStringConvertible {
  /// The backend never became ready; the text says how it failed.
  case backendDoesNotStart(backend: String, reason: String)
  case host(HostError)
  case log(EventLogError)

  package var description: String {
    switch self {
    case .backendDoesNotStart(let backend, let reason):
      "backend \(backend) does not start: \(reason)"
    case .host(let error): "\(error)"
    case .log(let error): "\(error)"
    }
  }
}
