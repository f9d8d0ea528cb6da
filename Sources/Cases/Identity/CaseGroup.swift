package import Spec

/// The cases of one operator version and type combination that hunt one bug.
package struct CaseGroup: Hashable, Sendable {
  /// `<domain>/<Operator>-<since>/<types>/<intent>`.
  package let id: String
  package let operatorName: String
  /// Empty for `ai.onnx`; `model` for models.
  package let domain: String
  package let sinceVersion: Int
  /// The operator set version that models of the group import for the domain.
  package let opset: Int
  /// Type-variable values in schema order, joined by `.`.
  package let types: String
  /// Lower-case words joined by `-` that say what would be wrong.
  package let name: String
  /// The bug the group hunts, as a sentence.
  package let intent: String
  /// Labels of the constraints that the group covers.
  package let covers: [String]
  package let tier: Tier
  package let accuracyClass: AccuracyClass
  package let twin: Twin
  /// The simple answers that the intent demands, so that they are no defect of the data.
  package let trivial: [Triviality]

  /// Whether the cases run a whole model of its own file, which then stands for the operator.
  package var isModel: Bool { domain == OperatorSchema.modelDomain }
}

/// What a case demands of a backend.
package enum Expectation: String, CaseIterable, Hashable, Sendable {
  case mustMatch = "must-match"
  /// One of a finite list of legal results.
  case set
  /// The right structure, no crash, no hang; values are open.
  case specUndefined = "spec-undefined"
  /// The model is invalid and must be refused.
  case mustReject = "must-reject"
}

/// How often cases run; smoke is part of ci, ci of full; heavy stands alone.
package enum Tier: String, CaseIterable, Hashable, Sendable {
  case smoke, ci, full, heavy

  /// Whether a run of this tier contains cases of the other.
  package func contains(_ other: Tier) -> Bool {
    switch (self, other) {
    case (.heavy, .heavy): true
    case (.heavy, _), (_, .heavy): false
    case (.smoke, .smoke), (.ci, .smoke), (.ci, .ci), (.full, _): true
    case (.smoke, _), (.ci, .full): false
    }
  }
}
