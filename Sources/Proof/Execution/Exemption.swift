package import Cases

/// Cases whose values nobody judges: variants have nothing to prove there.
package enum Exemption {
  /// Why no variant is tried; nil for the other cases, random ones among them.
  ///
  /// The plain run still has to pass. In a case that must be refused a fault counts where it changes
  /// the refusal; witnesses are not tried there. A random case is tried as any other, but a gross or precise
  /// fault that gives another legal sample is open.
  package static func reason(_ entry: CaseEntry) -> String? {
    switch entry.expectation {
    case .mustMatch, .set, .mustReject: nil
    case .specUndefined: "spec-undefined: any values are right"
    }
  }
}
