import Spec

/// What a settled node demands of a mode: the bits in which its steps are exact.
struct ExactSteps {
  /// Quotients before rounding to a code are those of the format that the text divides in.
  private static let quotientBits = 24
  /// Sums that need no more are exact in every accumulator that exact twins allow for.
  private static let narrowestSum = 11

  let inputs: [ExactValue?]

  func required(for outcome: Outcome) throws(EvaluationError) -> RequiredPrecision {
    switch outcome.rule {
    case .rounded:
      return RequiredPrecision(compute: try Self.bits(of: [outcome.value]))
    case .accumulated(let side):
      let bits = side.exactBits ?? Self.narrowestSum
      return RequiredPrecision(
        factors: side.hasProducts ? try Self.bits(of: inputs) : 0, accumulator: bits,
        truncating: bits)
    case .quantised: return RequiredPrecision(compute: Self.quotientBits)
    case .exact, .oneOf, .elementwise, .product, .composite, .selection, .random: return .none
    }
  }

  /// The longest significand among the finite elements.
  private static func bits(of values: [ExactValue?]) throws(EvaluationError) -> Int {
    values.reduce(0) { most, value in
      (value?.realTensors ?? []).joined().reduce(most) { most, element in
        guard element.isFinite, element.high != 0 else { return most }
        // One bit before the point, and those behind it down to the last one that is set.
        return Swift.max(most, 1 + Int(element.high.significandWidth))
      }
    }
  }
}
