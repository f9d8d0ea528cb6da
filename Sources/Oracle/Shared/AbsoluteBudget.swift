import ExtendedArithmetic

/// Absolute terms of class E, in units of the compute type's unit round-off.
enum AbsoluteBudget {
  /// The column of the terms, rounded up.
  ///
  /// An infinite term would accept anything, and one below float32's normal numbers is beyond what
  /// the column resolves: there the ulps alone count.
  static func column(_ terms: [Double]) -> [Float] {
    terms.map { term in
      let rounded = AccumulatedTensor.roundedUp(term)
      return rounded.isFinite && rounded >= .leastNormalMagnitude ? rounded : 0
    }
  }

  /// Half of float32's smallest subnormal number, 2^-150, in units of its u_c, 2^-24.
  ///
  /// By this a factor below the smallest normal number is off. The column cannot hold float64's.
  static let underflow = 0x1p-126
}

/// Products with an exponential that underflows before the product does.
enum ExponentialTail {
  /// x·e^t for t < 0, accurate also where e^t is subnormal or zero.
  static func product(_ x: DoubleDouble, _ t: DoubleDouble) -> DoubleDouble {
    let root = DoubleDouble.exp(t.multiplied(by: 0.5))
    guard root.high > 0x1p-900 else { return x * DoubleDouble(0) }
    // Raised by 2^600 in all, the product of the parts is normal and is rounded once when lowered.
    let first = (x * root).multiplied(byPowerOfTwo: 300)
    return (first * root.multiplied(byPowerOfTwo: 300)).multiplied(byPowerOfTwo: -600)
  }
}
