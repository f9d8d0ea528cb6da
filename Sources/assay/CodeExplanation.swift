import Verification

/// What each verdict code means and what to look at first.
enum CodeExplanation {
  /// Nil for a text that is no code.
  static func text(_ code: String) -> String? {
    guard let failure = Verdict.FailureCode(rawValue: code) else { return nil }
    return "\(code): \(meaning(failure))"
  }

  private static func meaning(_ code: Verdict.FailureCode) -> String {
    switch code {
    case .valueExact: "an element differs where bits have to be equal"
    case .valueBound: "an element lies beyond its derived error bound"
    case .valueDistribution:
      "every element is within its bound, but the errors together are not those of a correct "
        + "implementation: a narrower format or a bias"
    case .valueClass: "NaN, an infinity or the sign of a zero where another class of value is due"
    case .indexOrder: "indices out of range, repeated, or in an order the text forbids"
    case .shape: "the output has another shape"
    case .type: "the output has another element type"
    case .structure: "another number of outputs, or another kind of value"
    case .unwritten: "elements still hold the pattern the buffer was filled with"
    case .outOfBounds: "memory outside of a tensor was written"
    case .inputMutated: "an input tensor was changed"
    case .nondeterministic: "repeated executions gave different bytes"
    case .relation: "two executions that have to agree do not"
    case .acceptedInvalid: "an invalid model was compiled and run"
    case .unsupportedMandatory: "declined, although the profile demands it"
    case .unsupportedDeclared: "declined, although the backend declares it"
    case .wrongUndeclared: "not declared, run all the same, and wrong"
    case .backendError: "the backend reported an error, or refused a valid model as invalid"
    case .deviceNotUsed: "the declared device was not used"
    case .staleWaiver: "a waiver covers a case that passes"
    }
  }
}
