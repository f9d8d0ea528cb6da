extension DoubleDouble {
  /// The value times 2^exponent, exactly while both parts stay in the range of `Double`.
  ///
  /// Below the normal range the sum is rounded once to the grid of `Double` and the low part is
  /// zero, so `high` is the correctly rounded result there too.
  package func multiplied(byPowerOfTwo exponent: Int) -> DoubleDouble {
    guard isFinite && !isZero else { return self }
    let target = Int(high.exponent) + exponent
    if target > 1023 { return DoubleDouble(high.sign == .minus ? -.infinity : .infinity) }
    if target < -1022 { return roundedToSubnormal(exponent: exponent) }
    // The high part is scaled exactly. Where the low one is rounded to half an ulp of it, adding
    // the two would round the value a second time.
    let (first, rest) = (Self.scale(high, by: exponent), Self.scale(low, by: exponent))
    let isSplit = first + rest == first
    return DoubleDouble(
      normalized: first, isSplit ? rest : rest > 0 ? rest.nextDown : rest.nextUp)
  }

  /// The product with a factor between 2^-100 and 2^100, rounded once where it is subnormal.
  ///
  /// A plain product loses the low words of small factors, and is then rounded to `Double` twice.
  package func multiplied(roundingOnceBy factor: DoubleDouble) -> DoubleDouble {
    guard high.magnitude < 0x1p-500 else { return self * factor }
    return (multiplied(byPowerOfTwo: 300) * factor).multiplied(byPowerOfTwo: -300)
  }

  /// x · 2^exponent in steps that neither overflow nor round twice for a normal result.
  private static func scale(_ x: Double, by exponent: Int) -> Double {
    var (value, rest) = (x, exponent)
    while rest > 1000 {
      value *= 0x1p1000
      rest -= 1000
    }
    while rest < -1000 {
      value *= 0x1p-1000
      rest += 1000
    }
    return value * Double(sign: .plus, exponent: rest, significand: 1)
  }

  private func roundedToSubnormal(exponent: Int) -> DoubleDouble {
    // In units of the smallest subnormal the result is an integer below 2^53.
    let units = Int(high.exponent) + exponent + 1074
    if units < -2 { return DoubleDouble(high.sign == .minus ? -0.0 : 0.0) }
    let fixed = DoubleDouble(
      normalized: Self.scale(high, by: exponent + 1074), Self.scale(low, by: exponent + 1074))
    let integer = fixed.rounded(.toNearestOrEven).high
    return DoubleDouble(integer * .leastNonzeroMagnitude)
  }

  /// The largest integer not above the value; infinities, NaN and zeros are returned unchanged.
  package func floor() -> DoubleDouble {
    let highFloor = high.rounded(.down)
    guard highFloor == high, isFinite, !isZero else { return DoubleDouble(highFloor) }
    return DoubleDouble(ordered: high, low.rounded(.down))
  }

  /// The value rounded to an integer by the given rule, exactly; a zero result keeps the sign.
  package func rounded(_ rule: FloatingPointRoundingRule) -> DoubleDouble {
    guard isFinite else { return self }
    let below = floor()
    if below == self { return self }
    let result = roundsUp(from: below, rule) ? below + 1 : below
    return result.isZero ? DoubleDouble(high.sign == .minus ? -0.0 : 0.0) : result
  }

  /// Whether a value that is not an integer rounds to the integer above `below`.
  private func roundsUp(from below: DoubleDouble, _ rule: FloatingPointRoundingRule) -> Bool {
    let half = DoubleDouble(0.5)
    let fraction = self - below
    switch rule {
    case .down: return false
    case .up: return true
    case .towardZero: return high < 0
    case .awayFromZero: return high > 0
    case .toNearestOrAwayFromZero: return fraction > half || (fraction == half && high > 0)
    case .toNearestOrEven:
      let pair = below.multiplied(by: 0.5)
      return fraction > half || (fraction == half && pair.floor() != pair)
    @unknown default: return fraction >= half
    }
  }
}
