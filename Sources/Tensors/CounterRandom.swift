/// A counter-based random stream: the n-th word is a pure function of (key, n).
///
/// The mixing function is SplitMix64's finaliser applied twice over the two key words, so any
/// language reproduces it with 64-bit integer arithmetic. Conversions to floating point are exact.
/// Source of the finaliser: S. Vigna's public-domain `splitmix64`, constants 0x9E3779B97F4A7C15,
/// 0xBF58476D1CE4E5B9 and 0x94D049BB133111EB.
package struct CounterRandom: Sendable {
  private let key: (UInt64, UInt64)
  /// The position of the next word.
  package private(set) var counter: UInt64 = 0

  /// A stream of its own for each pair of key words.
  package init(key: (UInt64, UInt64)) { self.key = key }

  /// The next 64 uniform bits.
  package mutating func nextWord() -> UInt64 {
    counter &+= 1
    return Self.mix(Self.mix(key.0 &+ counter &* 0x9E37_79B9_7F4A_7C15) ^ key.1)
  }

  /// A uniform multiple of 2^-53 in [0, 1).
  package mutating func nextUnit() -> Double { Double(nextWord() >> 11) * 0x1p-53 }

  /// A uniform integer in the closed range, by multiplication (bias below 2^-64 · range).
  package mutating func nextInteger(in range: ClosedRange<Int64>) -> Int64 {
    let span = UInt64(bitPattern: range.upperBound &- range.lowerBound) &+ 1
    guard span != 0 else { return Int64(bitPattern: nextWord()) }
    let high = nextWord().multipliedFullWidth(by: span).high
    return range.lowerBound &+ Int64(bitPattern: high)
  }

  /// An approximately normal value with mean 0 and variance 1, on a grid of 2^-16 steps.
  ///
  /// The sum of twelve uniform 16-bit integers, centred (Irwin–Hall): integer arithmetic only, so
  /// it is the same in every language; the support is ±6.
  package mutating func nextNormal() -> Double {
    var sum: Int64 = 0
    for _ in 0..<3 {
      let word = nextWord()
      for lane in 0..<4 { sum += Int64((word >> (16 * UInt64(lane))) & 0xFFFF) }
    }
    return Double(2 * sum - 12 * 0xFFFF) * 0x1p-17
  }

  private static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
