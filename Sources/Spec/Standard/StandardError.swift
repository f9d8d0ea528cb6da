/// Why the operator table cannot be used.
package enum StandardError: Error, Hashable, Sendable {
  case unreadable(path: String, reason: String)
  case content(path: String, reason: String)
}

extension StandardError: CustomStringConvertible {
  /// The file, the reason and what to do.
  package var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): \(reason); the directory conformance-cases/standard of the package must be given"
    case .content(let path, let reason):
      "\(path): \(reason); restore the file from the release it belongs to"
    }
  }
}
