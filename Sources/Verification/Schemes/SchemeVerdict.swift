/// What another suite's rule makes of the same outputs (numerics §8.2); never part of a verdict.
package enum SchemeVerdict: String, CaseIterable, Hashable, Sendable {
  case accepts
  case rejects
  /// The scheme's text says nothing about this type or kind of operator.
  case notApplicable

  /// The verdict over several outputs: one rejection rejects, and silence decides nothing.
  package static func combined(_ parts: some Sequence<SchemeVerdict>) -> SchemeVerdict {
    var combined = SchemeVerdict.notApplicable
    for part in parts {
      switch part {
      case .rejects: return .rejects
      case .accepts: combined = .accepts
      case .notApplicable: break
      }
    }
    return combined
  }

  init(accepts: Bool) { self = accepts ? .accepts : .rejects }
}
