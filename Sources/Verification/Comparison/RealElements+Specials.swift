/// What an element is, once specials are considered.
enum ElementOutcome {
  /// Right, with an error that counts for the metrics.
  case regular(error: Double)
  /// Right by a rule for specials; it has no error.
  case special
  case wrongValue(error: Double)
  case wrongClass
}

extension RealElements {
  /// Judges one element by its bound and the rules S1–S4 (numerics §6.11).
  func outcome(
    at position: Int, _ bound: ElementBound, isOutOfRange: Bool, _ tally: inout FlushTally
  ) -> ElementOutcome {
    let (y, g) = (observed[position], high[position])
    if !g.isFinite { return matchesSpecial(y, g) ? .special : .wrongClass }
    if bound.specials.contains(value: y, greatest: saturates ? greatest : nil) {
      return .special
    }
    guard y.isFinite else {
      return allowsOverflow(y, g, bound.inner) ? .special : .wrongClass
    }
    if let flushed = flushOutcome(y, g, bound, &tally) { return flushed }
    if y == 0, signedZero, !flushes, y.sign != g.sign, abs(g) >= bound.inner {
      return .wrongClass
    }
    return finiteOutcome(at: position, bound, isOutOfRange: isOutOfRange)
  }

  /// S1: any NaN for NaN, the same infinity for an infinity; what the saturating mode makes of
  /// them besides; formats without infinity say NaN or their largest value.
  func matchesSpecial(_ y: Double, _ g: Double) -> Bool {
    if g.isNaN { return y.isNaN || (saturates && y == 0) || !format.hasNaN }
    if y == g { return true }
    let isGreatest = y == (g < 0 ? -greatest : greatest)
    return (saturates && isGreatest) || (!format.hasInfinity && (y.isNaN || isGreatest))
  }

  /// S3: an infinity, or NaN where the format has none, is right where the bound reaches it.
  private func allowsOverflow(_ y: Double, _ g: Double, _ inner: Double) -> Bool {
    if saturates { return false }
    if y.isNaN { return !format.hasInfinity && abs(g) + inner >= overflowThreshold }
    return (y < 0 ? -g : g) + inner >= overflowThreshold
  }

  /// S4: the outcome of a zero that a flushing mode allows; counts certainly subnormal results.
  private func flushOutcome(
    _ y: Double, _ g: Double, _ bound: ElementBound, _ tally: inout FlushTally
  ) -> ElementOutcome? {
    guard flushes, abs(g) - bound.inner < smallestNormal else { return nil }
    if abs(g) + bound.inner < smallestNormal, abs(g) > bound.total {
      // A result that rounds up to a normal number is not subnormal after rounding.
      if y == 0 { tally.flushed += 1 } else if abs(y) < smallestNormal { tally.kept += 1 }
    }
    return y == 0 ? .special : nil
  }

  private func finiteOutcome(
    at position: Int, _ bound: ElementBound, isOutOfRange: Bool
  ) -> ElementOutcome {
    let g = high[position]
    var error = error(at: position)
    if abs(g) + bound.inner > greatest {
      // S3: a finite value is wrong where even the smallest legal result overflows.
      if abs(g) - bound.inner > overflowThreshold, !saturates, format.hasInfinity {
        return .wrongClass
      }
      if saturates { error = observed[position] - min(max(g, -greatest), greatest) }
    }
    if isOutOfRange { return .wrongValue(error: error) }
    // A bound of zero asks for the correctly rounded golden.
    let isRight =
      bound.total == 0
      ? observed[position] == rounded(at: position) : abs(error) <= bound.total
    return isRight ? .regular(error: error) : .wrongValue(error: error)
  }
}
