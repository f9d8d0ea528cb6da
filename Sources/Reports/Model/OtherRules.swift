import Verification

/// What the rules of other suites make of a case; information beside the verdict (numerics §8.2).
enum OtherRules {
  /// `other rules: ONNX accepts · MERE/MARE rejects · cosine 0.99998`; nil where none was asked or
  /// none applies.
  static func line(_ record: CaseRecord) -> String? {
    let cosine = record.metrics.compactMap { $0.informative["cosine"] }.min()
    let parts = Scheme.all.compactMap { scheme -> String? in
      if scheme.name == "cosine", let cosine { return "cosine \(DecimalText.cut(cosine))" }
      // One number says what both limits do.
      if scheme.name == "cosine.cann", cosine != nil { return nil }
      switch record.schemes[scheme.name] {
      case .accepts: return "\(scheme.title) accepts"
      case .rejects: return "\(scheme.title) rejects"
      case .notApplicable, nil: return nil
      }
    }
    return parts.isEmpty || record.schemes.isEmpty
      ? nil : "other rules: " + parts.joined(separator: " · ")
  }

  /// The verdict in words.
  static func word(_ verdict: SchemeVerdict) -> String {
    switch verdict {
    case .accepts: "accepts"
    case .rejects: "rejects"
    case .notApplicable: "not applicable"
    }
  }
}
