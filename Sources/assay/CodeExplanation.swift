import Cases
import Proof
import Verification

/// What each code that a report prints means, and what to look at first.
enum CodeExplanation {
  /// Nil for a text that is no code. Verdicts may stand with or without their kind, as
  /// `fail value.bound` and `value.bound`.
  static func text(_ code: String) -> String? {
    let meanings = everything.filter { $0.words.contains(code) }
    guard !meanings.isEmpty else { return nil }
    return meanings.map { "\($0.words[0]): \($0.meaning)" }.joined(separator: "\n")
  }

  private typealias Entry = (words: [String], meaning: String)

  private static var everything: [Entry] { verdicts + harness + proof }

  private static var verdicts: [Entry] {
    Verdict.FailureCode.allCases.map { code in
      ([code.rawValue, Verdict.fail(code).text], meaning(code))
    }
      + Verdict.UnsupportedReason.allCases.map { reason in
        (words(.unsupported(reason)), "the backend declines the case: \(meaning(reason))")
      }
      + [
        Verdict.CrashKind.signal(0), .exit(0), .memory, .protocolViolation, .load,
      ].map { kind in (words(.crash(kind)), meaning(kind)) }
      + Verdict.Phase.allCases.map { phase in
        (words(.timeout(phase)), "the worker did not end its \(phase.rawValue) in time")
      }
      + Verdict.HarnessFault.allCases.map { fault in
        (words(.inconclusive(fault)), "no judgement, and no pass: \(meaning(fault))")
      }
  }

  private static func words(_ verdict: Verdict) -> [String] { [verdict.text, verdict.code] }

  private static var harness: [Entry] {
    [
      (["pass"], "every output is what the standard demands, within its derived bound"),
      (
        ["V706"],
        "a probe contradicts the numeric mode that the backend declares for this family; the cases "
          + "are judged in the declared mode all the same. See `assay probe`"
      ),
    ]
  }

  private static var proof: [Entry] {
    let kinds = ProofFinding.Kind.allCases.map { kind in ([kind.word], kind.meaning) }
    // Kinds that share a word are explained once.
    var words: Set<String> = []
    return kinds.filter { words.insert($0.0[0]).inserted }
      + Triviality.allCases.map { ([$0.rawValue], "data finding: \(meaning($0))") }
      + OpenReason.allCases.map { ([$0.rawValue], "left open: \($0.meaning)") }
  }

  private static func meaning(_ trait: Triviality) -> String {
    switch trait {
    case .zeros: "all zeros, empty texts or false would pass"
    case .ones: "all ones would pass"
    case .constant: "the mean of the right values everywhere would pass"
    case .uniform: "1/N along the last axis would pass"
    case .copy: "a copy of an input would pass"
    case .previous: "the answer to the case before it in the group would pass"
    case .saturated: "more than a fifth of the results are zero or beyond the largest finite value"
    case .small: "more than a hundredth of the results are no larger than their bound"
    case .repeated: "there are fewer distinct results than the root of their number"
    }
  }

  private static func meaning(_ reason: Verdict.UnsupportedReason) -> String {
    switch reason {
    case .operator: "it does not have the operator"
    case .opset: "it does not have this version of the operator set"
    case .dtype: "it does not have the operator for this element type"
    case .rank: "not for this number of axes"
    case .shape: "not for this shape"
    case .attribute: "not with this value of an attribute"
    case .dynamicShape: "it needs shapes that are known when the model is compiled"
    case .layout: "not in this layout"
    case .numericMode: "not in the numeric mode that is asked for"
    case .memory: "it has not enough memory"
    case .other: "for the reason in its message"
    }
  }

  private static func meaning(_ kind: Verdict.CrashKind) -> String {
    switch kind {
    case .signal: "the worker was ended by a signal; its last words are in the record"
    case .exit: "the worker ended by itself with an exit status"
    case .memory: "the worker went over its limit of memory"
    case .protocolViolation: "the worker sent something that is no answer"
    case .load: "the backend's library cannot be loaded"
    }
  }

  private static func meaning(_ fault: Verdict.HarnessFault) -> String {
    switch fault {
    case .golden: "the golden cannot be read"
    case .oracle: "the oracle cannot compute the expected result"
    case .spawn: "no worker could be started, or none came to the case"
    case .resources: "this machine ran out of a resource"
    case .io: "a file could not be read or written"
    case .mistrusted: "the worker did something that makes all of its answers doubtful"
    }
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

extension ProofFinding.Kind {
  fileprivate var meaning: String {
    switch self {
    case .broken: "the bundled backend fails the case, so that nothing can be proven about it"
    case .gross, .precision, .special:
      "a fault changes results and the suite does not notice it where its severity demands it: "
        + "gross in every case, precision in nine of ten of a group, special in some case of the "
        + "operator"
    case .falseAlarm: "a right way of computing is rejected: the bound is too narrow"
    case .refused: "a fault or witness declined a case without saying that it has nothing to change"
    case .data, .idleExemption:
      "the data of a case prove little, or a declaration in `trivial` is not needed"
    case .drift: "a recorded figure of discrimination moved by more than a factor of two"
    }
  }
}

extension OpenReason {
  fileprivate var meaning: String {
    switch self {
    case .undefined: "the standard leaves the differing elements undefined"
    case .zeroSign: "only signs of zeros that are not judged differ"
    case .nanPayload: "only the bits of NaNs differ"
    case .alternatives: "the golden lists several exact results"
    case .tieGroup: "the differing elements are tied"
    case .sample: "another legal sample of a random operator"
    }
  }
}
