package import Runner

/// Why a proof cannot go on.
package enum ProofError: Error, Sendable, CustomStringConvertible {
  case run(RunError)
  /// A case that cannot be made, with the reason.
  case subject(String, String)
  case journal(path: String, reason: String)
  case catalogue(library: String, reason: String)
  case code(path: String, reason: String)

  package var description: String {
    switch self {
    case .run(let error): "\(error)"
    case .subject(let id, let reason): "\(id): \(reason)"
    case .journal(let path, let reason): "\(path): \(reason)"
    case .catalogue(let library, let reason): "\(library): \(reason)"
    case .code(let path, let reason): "\(path): \(reason)"
    }
  }
}
