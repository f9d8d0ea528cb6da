/// Reproducible operands (SplitMix64, G. Steele, D. Lea, C. Flood, OOPSLA 2014).
struct ValueSource {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func integers<Value: FixedWidthInteger>(_ count: Int) -> [Value] {
    (0..<count).map { _ in Value(truncatingIfNeeded: next()) }
  }

  /// Values of all signs between 2^-4 and 8 in magnitude, with all their bits in use.
  mutating func finite<Value: BinaryFloatingPoint>(_ count: Int) -> [Value] {
    (0..<count).map { _ in
      let bits = next()
      let significand = 1 + Value(bits >> 11) * 0x1p-53
      let magnitude = significand * [0x1p-4, 0x1p-3, 0.25, 0.5, 1, 2, 4][Int(bits & 7) % 7]
      return bits & 8 == 0 ? magnitude : -magnitude
    }
  }

  /// Finite values mixed with everything that is an exception to some rule.
  mutating func special(_ count: Int) -> [Float] {
    let exceptions: [Float] = [
      0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 88.8, -104,
      65520, 65519.996, 0x1p-25, 0x1.8p-24,
    ]
    let ordinary: [Float] = finite(count)
    return ordinary.map { value in
      let choice = next()
      return choice & 1 == 0 ? value : exceptions[Int(choice >> 1 & 15)]
    }
  }
}
