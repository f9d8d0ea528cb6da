import NumericFormats

extension FailurePattern {
  @Sendable static func signFlipped(_ pattern: FailurePattern) -> String? {
    pattern.everyWrong {
      pattern.golden[$0] != 0 && pattern.isNear(pattern.observed[$0], -pattern.golden[$0])
    } ? "sign flipped" : nil
  }

  /// observed = c·golden with one c for all wrong elements, within 1 % of |c − 1|.
  @Sendable static func constantRatio(_ pattern: FailurePattern) -> String? {
    let positions = pattern.finiteWrong.filter { pattern.golden[$0] != 0 }
    guard positions.count >= 4, positions.count == pattern.finiteWrong.count,
      let anchor = positions.max(by: { abs(pattern.golden[$0]) < abs(pattern.golden[$1]) })
    else { return nil }
    let ratio = pattern.observed[anchor] / pattern.golden[anchor]
    let slack = 0.01 * abs(ratio - 1)
    guard ratio.isFinite, ratio != 0, ratio != -1, slack > 0,
      positions.allSatisfy({
        abs(pattern.observed[$0] / pattern.golden[$0] - ratio) <= slack
      })
    else { return nil }
    return "a constant factor of \(DecimalText.short(ratio))"
  }

  /// Observed values that a narrower format holds, next to goldens it does not.
  @Sendable static func lostPrecision(_ pattern: FailurePattern) -> String? {
    guard let format = pattern.format, pattern.finiteWrong.count >= 4 else { return nil }
    let positions = pattern.finiteWrong
    let narrower: [(FloatFormat, String)] = [
      (.bf16, "bf16"), (.tf32, "tf32"), (.f16, "fp16"), (.hf32, "hf32"), (.f32, "fp32"),
    ]
    for (narrow, name) in narrower where narrow.precision < format.precision {
      let isRounded = positions.allSatisfy { position in
        let y = pattern.observed[position]
        return narrow.round(y) == y
          && abs(y - pattern.golden[position]) <= UlpScale(narrow).ulp(of: pattern.golden[position])
      }
      if isRounded { return "precision lost: the results are rounded to \(name)" }
    }
    return nil
  }

  @Sendable static func offByOneCode(_ pattern: FailurePattern) -> String? {
    guard pattern.format == nil, pattern.wrong.count > 0 else { return nil }
    func all(_ step: Double) -> Bool {
      pattern.wrong.allSatisfy { pattern.observed[$0] == pattern.golden[$0] + step }
    }
    let what = pattern.hasIndices ? "index" : "code"
    if all(1) { return "off by one: every wrong \(what) is one too large" }
    if all(-1) { return "off by one: every wrong \(what) is one too small" }
    let isEitherWay = pattern.wrong.allSatisfy {
      abs(pattern.observed[$0] - pattern.golden[$0]) == 1
    }
    return isEitherWay && pattern.wrong.count > 1
      ? "off by one in both directions: another rounding of ties" : nil
  }

  @Sendable static func duplicatedIndices(_ pattern: FailurePattern) -> String? {
    guard pattern.hasIndices, let width = pattern.shape.last, width > 1 else { return nil }
    for start in stride(from: 0, to: pattern.observed.count, by: width) {
      let lane = start..<(start + width)
      let isWrong = pattern.wrong.contains { lane.contains($0) }
      if isWrong, Set(pattern.observed[lane]).count < Set(pattern.golden[lane]).count {
        return "an index given twice"
      }
    }
    return nil
  }

  /// Only elements beyond some magnitude are wrong, all below it are right.
  @Sendable static func largeValues(_ pattern: FailurePattern) -> String? {
    guard pattern.wrong.count >= 2, pattern.wrong.count < pattern.golden.count else { return nil }
    let isWrong = Set(pattern.wrong)
    let inside = pattern.golden.indices.filter { !isWrong.contains($0) }.map {
      abs(pattern.golden[$0])
    }
    let beyond = pattern.wrong.map { abs(pattern.golden[$0]) }
    guard let (top, low) = inside.max().flatMap({ top in beyond.min().map { (top, $0) } }) else {
      return nil
    }
    if low > top { return "only results larger than \(DecimalText.short(top)) are wrong" }
    guard let (bottom, high) = inside.min().flatMap({ low in beyond.max().map { (low, $0) } })
    else { return nil }
    return high < bottom ? "only results smaller than \(DecimalText.short(bottom)) are wrong" : nil
  }
}
