package import Cases

/// Cases whose values nobody judges: faults and witnesses have nothing to prove there.
package enum Exemption {
  /// Why no variant is tried; nil for the other cases, random ones among them.
  ///
  /// The plain run still has to pass. A random case is tried as any other, but a gross or precise
  /// fault that gives another legal sample is open.
  package static func reason(_ entry: CaseEntry) -> String? {
    switch entry.expectation {
    case .mustMatch, .set: nil
    case .specUndefined: "spec-undefined: any values are right"
    case .mustReject: "must-reject: there are no results to spoil"
    }
  }
}
