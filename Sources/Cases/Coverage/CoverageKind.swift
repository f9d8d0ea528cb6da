import Spec

/// What can be covered.
package enum CoverageKind: String, CaseIterable, Hashable, Sendable {
  case versionsInForce = "versions-in-force"
  case versionsBefore = "versions-before"
  case versionsElsewhere = "versions-elsewhere"
  case newestOperators = "newest-operators"
  case slots
  case slotsInForce = "slots-in-force"
  case attributes
  /// Operators that the standard gives a body, judged as one node and as that body.
  case functions
  /// Constraints of the case files, with a case that keeps them.
  case accepted = "constraints-accepted"
  /// Constraints of the case files that a model can break, with a case that does.
  case rejected = "constraints-rejected"

  /// What is counted, in words.
  package var title: String {
    switch self {
    case .versionsInForce:
      "operator versions of ai.onnx in force in operator sets "
        + "\(CoverageDenominators.window.lowerBound) to \(CoverageDenominators.window.upperBound)"
    case .versionsBefore: "operator versions of ai.onnx from before, or deprecated"
    case .versionsElsewhere: "operator versions of the other domains"
    case .newestOperators: "operators in their newest version"
    case .slots: "types of the type variables of the newest versions"
    case .slotsInForce: "types of the type variables of all versions in force"
    case .attributes: "attributes of the newest versions, stated"
    case .functions: "operators with a body in the standard, judged as one node and as the body"
    case .accepted: "labelled constraints with a case that keeps them"
    case .rejected: "labelled constraints on models with a case that breaks them"
    }
  }
}

/// One thing to cover: an operator version and, where there is one, a detail of it.
package struct CoverageName: Hashable, Sendable {
  /// `Softmax-13`, or `Softmax` for all versions; with the domain before it outside of `ai.onnx`.
  package let version: String
  /// `T=f32`, `axis` or `C1`.
  package let detail: String?

  init(_ schema: OperatorSchema, detail: String? = nil) {
    self.init(
      domain: schema.domain, operator: schema.name, since: schema.sinceVersion, detail: detail)
  }

  /// Without a version, the operator in all of them: `Softmax C1`.
  init(domain: String, operator name: String, since: Int?, detail: String?) {
    version = (domain.isEmpty ? "" : domain + "/") + name + (since.map { "-\($0)" } ?? "")
    self.detail = detail
  }

  init(version: String, detail: String?) { (self.version, self.detail) = (version, detail) }

  /// `Softmax-13`, `Softmax-13 T=f32`.
  package var text: String { detail.map { "\(version) \($0)" } ?? version }
}
