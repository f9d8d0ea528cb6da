import NumericFormats
import Spec

/// Class R (numerics §6.2): the observed value is the golden rounded once, ties to even; under
/// `relaxed` it may be one ulp off.
struct RoundedComparison {
  private let elements: RealElements
  private let isRelaxed: Bool

  init(_ comparison: TensorComparison, _ column: RealColumn) throws(GoldenFault) {
    elements = try RealElements(comparison, column)
    isRelaxed = comparison.mode.basicRounding == .relaxed
  }

  func findings() -> Findings {
    var tally = ElementTally()
    compare(&tally)
    tally.missedExact = !isRelaxed
    return ElementReport(elements.comparison, tally, accuracy: .real(elements)).findings(
      boundText: { position in
        isRelaxed
          ? "±" + DecimalText.short(elements.ulps.ulp(of: elements.high[position]))
          : "correctly rounded: " + DecimalText.both(elements.rounded(at: position))
      },
      derivation: { _ in
        [
          isRelaxed
            ? "bound: 1 ulp, class rounded, relaxed (numerics §6.2)"
            : "bound: the exact result rounded once to nearest, ties to even (numerics §6.2)"
        ]
      })
  }

  private func compare(_ tally: inout ElementTally) {
    let elements = elements
    let isSingle = elements.format == .f32 && elements.low.isEmpty && !elements.saturates
    for position in 0..<elements.count {
      if !elements.undefined.isEmpty, elements.undefined[position] { continue }
      let (y, g) = (elements.observed[position], elements.high[position])
      let expected = isSingle ? Double(Float(g)) : elements.rounded(at: position)
      if y == expected, y != 0, y.isFinite, g.isFinite, !elements.flushes {
        record(position, &tally)
      } else {
        judge(position, expected, &tally)
      }
    }
  }

  @inline(__always)
  private func record(_ position: Int, _ tally: inout ElementTally) {
    let unit = elements.ulps.ulp(of: elements.high[position])
    let error = abs(elements.error(at: position))
    tally.record(ulps: error / unit)
    tally.record(ratio: error / (isRelaxed ? unit : 0.5 * unit), at: position)
  }

  private func judge(_ position: Int, _ expected: Double, _ tally: inout ElementTally) {
    let (y, g) = (elements.observed[position], elements.high[position])
    if !g.isFinite {
      if !elements.matchesSpecial(y, g) { tally.wrongClass.append(position) }
      return
    }
    if elements.flushes, abs(g) < elements.smallestNormal, expected != 0 {
      if y == 0 { tally.flushes.flushed += 1 }
      // A result that rounds up to a normal number is not subnormal after rounding.
      if y != 0, abs(y) < elements.smallestNormal { tally.flushes.kept += 1 }
      if y == 0 { return }
    }
    if isRight(position, y, expected) {
      if y.isFinite { record(position, &tally) }
    } else if isWrongClass(y, expected) {
      tally.wrongClass.append(position)
    } else {
      record(position, &tally)
      let unit = elements.ulps.ulp(of: g) * (isRelaxed ? 1 : 0.5)
      tally.recordWrongValue(at: position, ratio: abs(elements.error(at: position)) / unit)
    }
  }

  private func isRight(_ position: Int, _ y: Double, _ expected: Double) -> Bool {
    let g = elements.high[position]
    if y == expected || (y.isNaN && expected.isNaN) {
      let mayLoseSign = !elements.signedZero || elements.flushes
      return y != 0 || mayLoseSign || y.sign == expected.sign
    }
    guard isRelaxed else { return false }
    let unit = elements.ulps.ulp(of: g)
    if y.isInfinite {
      return !elements.saturates && (y < 0 ? -g : g) + unit >= elements.overflowThreshold
    }
    return abs(elements.error(at: position)) <= unit
  }

  private func isWrongClass(_ y: Double, _ expected: Double) -> Bool {
    !y.isFinite || !expected.isFinite || (y == 0 && expected == 0)
  }
}
