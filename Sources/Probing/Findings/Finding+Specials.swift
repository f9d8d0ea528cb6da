import Spec
import Verification

/// The fields of a numeric mode that are a choice, where every difference is a contradiction.
extension Finding {
  private static func choice(
    _ field: ProbeRecord.Field, declared: String, probed: String, isSame: Bool
  ) -> Comparison {
    Comparison(
      field: field, declared: declared, probed: probed, agreement: isSame ? .agrees : .contradicts)
  }

  static func subnormals(_ found: SubnormalFinding, _ mode: NumericMode) -> Comparison {
    let declared =
      switch mode.subnormals {
      case .preserve: "preserved"
      case .flushOutput: "results flushed"
      case .flushBoth: "inputs and results flushed"
      }
    let text: String
    let kind: NumericMode.Subnormals?
    switch (found.results ?? .kept, found.inputs ?? .kept) {
    case (.kept, .kept): (text, kind) = ("subnormals preserved", .preserve)
    case (.flushed, .kept): (text, kind) = ("subnormal results flushed", .flushOutput)
    case (.flushed, .flushed): (text, kind) = ("subnormals flushed", .flushBoth)
    case (.kept, .flushed): (text, kind) = ("subnormal inputs flushed", nil)
    case (.mixed, _), (_, .mixed): (text, kind) = ("subnormals changed, not flushed", nil)
    }
    return choice(.subnormals, declared: declared, probed: text, isSame: kind == mode.subnormals)
  }

  static func overflow(_ found: OverflowFinding, _ mode: NumericMode) -> Comparison {
    let declared = mode.overflow == .ieee ? "infinite" : "saturating"
    switch found {
    case .infinite:
      return choice(
        .overflow, declared: declared, probed: "overflow becomes infinite",
        isSame: mode.overflow == .ieee)
    case .saturated:
      return choice(
        .overflow, declared: declared, probed: "overflow saturates",
        isSame: mode.overflow == .saturating)
    case .mixed:
      return choice(
        .overflow, declared: declared, probed: "overflow neither infinite nor saturated",
        isSame: false)
    }
  }

  static func integerOverflow(
    _ found: IntegerOverflowFinding, _ mode: NumericMode
  ) -> Comparison {
    let declared = mode.integerOverflow == .wrap ? "wraps" : "saturates"
    switch found {
    case .wraps:
      return choice(
        .integerOverflow, declared: declared, probed: "integers wrap",
        isSame: mode.integerOverflow == .wrap)
    case .saturates:
      return choice(
        .integerOverflow, declared: declared, probed: "integers saturate",
        isSame: mode.integerOverflow == .saturate)
    case .other(let text):
      return choice(
        .integerOverflow, declared: declared, probed: "integers do neither: \(text)",
        isSame: false)
    }
  }

  static func minMaxNaN(_ found: NaNFinding, _ mode: NumericMode) -> Comparison {
    let declared = mode.minMaxNaN == .propagate ? "propagated" : "ignored"
    switch found {
    case .propagated:
      return choice(
        .minMaxNaN, declared: declared, probed: "NaN propagated",
        isSame: mode.minMaxNaN == .propagate)
    case .ignored:
      return choice(
        .minMaxNaN, declared: declared, probed: "NaN ignored", isSame: mode.minMaxNaN == .number)
    case .positional(let places, let count):
      let list = places.prefix(4).map { "\($0)" }.joined(separator: ", ")
      let more = places.count > 4 ? ", …" : ""
      return choice(
        .minMaxNaN, declared: declared,
        probed: "NaN survives at position \(list)\(more) of \(count) only", isSame: false)
    }
  }

  static func zeroSign(_ isKept: Bool) -> Comparison {
    choice(
      .zeroSign, declared: "kept", probed: isKept ? "sign of zero kept" : "sign of zero lost",
      isSame: isKept)
  }
}
