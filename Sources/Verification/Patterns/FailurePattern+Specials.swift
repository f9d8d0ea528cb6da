extension FailurePattern {
  @Sendable static func notANumber(_ pattern: FailurePattern) -> String? {
    pattern.everyWrong { pattern.observed[$0].isNaN && pattern.golden[$0].isFinite }
      ? "NaN where the result is finite (an undefined intermediate such as Inf − Inf or 0/0)" : nil
  }

  @Sendable static func lostNotANumber(_ pattern: FailurePattern) -> String? {
    guard pattern.everyWrong({ pattern.golden[$0].isNaN && !pattern.observed[$0].isNaN }) else {
      return nil
    }
    let isZero = pattern.wrong.allSatisfy { pattern.observed[$0] == 0 }
    return isZero ? "NaN lost: it became 0" : "NaN lost: a comparison dropped it"
  }

  @Sendable static func signOfZero(_ pattern: FailurePattern) -> String? {
    pattern.everyWrong { pattern.observed[$0] == 0 && pattern.golden[$0] == 0 }
      ? "sign of zero lost" : nil
  }

  @Sendable static func saturated(_ pattern: FailurePattern) -> String? {
    guard let format = pattern.format else { return nil }
    if pattern.everyWrong({
      pattern.golden[$0].isInfinite && abs(pattern.observed[$0]) == format.greatestFinite
    }) {
      return "saturated: the largest finite value in place of infinity"
    }
    if pattern.everyWrong({ pattern.observed[$0].isInfinite && pattern.golden[$0].isFinite }) {
      return "overflow in an intermediate: infinity where the result is finite"
    }
    return pattern.everyWrong({
      abs(pattern.observed[$0]) == format.greatestFinite
        && abs(pattern.golden[$0]) < format.greatestFinite
    }) ? "saturated: an intermediate reached the largest finite value" : nil
  }

  @Sendable static func flushedSubnormals(_ pattern: FailurePattern) -> String? {
    guard let format = pattern.format else { return nil }
    return pattern.everyWrong {
      pattern.observed[$0] == 0 && pattern.golden[$0] != 0
        && abs(pattern.golden[$0]) < format.smallestNormal
    } ? "subnormal results flushed to zero" : nil
  }
}
