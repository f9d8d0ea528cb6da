/// Why the oracle has no result.
package enum EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The standard forbids this model or these inputs; `must-reject` cases expect it.
  case invalid(String)
  /// The oracle does not evaluate this (yet); the program says so instead of guessing.
  case unsupported(String)

  package var description: String {
    switch self {
    case .invalid(let reason): "invalid: \(reason)"
    case .unsupported(let what): "not evaluated by the oracle: \(what)"
    }
  }
}
