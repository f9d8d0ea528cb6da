/// An angle modulo π/2: x = quadrant · π/2 + rest with |rest| ≤ π/4, the quadrant taken modulo 4.
///
/// Payne–Hanek reduction (M. H. Payne, R. N. Hanek, *Radian reduction for trigonometric
/// functions*, 1983) in fixed point: 2 integer bits and 446 fraction bits of x·2/π, made from the
/// window of 2/π that matters for the exponent of x. Higher bits only add multiples of 4.
struct ReducedAngle {
  let quadrant: Int
  let rest: DoubleDouble

  /// Requires a finite angle that is not negative.
  init(_ angle: DoubleDouble) {
    if angle.high < 0.7853 {
      quadrant = 0
      rest = angle
      return
    }
    var turns = FixedPoint(multiplying: angle.high)
    let small = FixedPoint(multiplying: angle.low.magnitude)
    if angle.low < 0 { turns.subtract(small) } else { turns.add(small) }
    // Adding an eighth of the range rounds to the nearest quarter turn.
    quadrant = Int((turns.words[0] &+ (1 << 61)) >> 62)
    turns.words[0] &-= UInt64(quadrant) << 62
    rest = turns.signedFraction() * .halfPi
  }
}

/// A number modulo 4 with 446 fraction bits, most significant word first.
private struct FixedPoint {
  static let wordCount = 7
  var words: [UInt64]

  /// x·2/π modulo 4, truncated, for finite x ≥ 0.
  init(multiplying x: Double) {
    words = [UInt64](repeating: 0, count: Self.wordCount)
    guard x > 0 else { return }
    let isSubnormal = x.isSubnormal
    let significand = x.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    let exponent = (isSubnormal ? -1022 : Int(x.exponent)) - 52
    var carry: UInt64 = 0
    for index in stride(from: Self.wordCount - 1, through: 0, by: -1) {
      // Bit `exponent − 2` of 2/π has weight 4 in the product; the window starts behind it.
      let window = Self.twoOverPi(bit: exponent - 2 + 64 * index)
      let product = window.multipliedFullWidth(by: significand)
      let (sum, overflow) = product.low.addingReportingOverflow(carry)
      words[index] = sum
      carry = product.high &+ (overflow ? 1 : 0)
    }
  }

  /// 64 bits of 2/π, from the given count of bits after the point; zero before the point.
  private static func twoOverPi(bit: Int) -> UInt64 {
    let (quotient, offset) = (bit >> 6, UInt64(bit & 63))
    let first = word(quotient) << offset
    return offset == 0 ? first : first | word(quotient + 1) >> (64 - offset)
  }

  private static func word(_ index: Int) -> UInt64 {
    TwoOverPi.words.indices.contains(index) ? TwoOverPi.words[index] : 0
  }

  mutating func add(_ other: FixedPoint) {
    var carry: UInt64 = 0
    for index in stride(from: Self.wordCount - 1, through: 0, by: -1) {
      let (partial, first) = words[index].addingReportingOverflow(other.words[index])
      let (sum, second) = partial.addingReportingOverflow(carry)
      words[index] = sum
      carry = first || second ? 1 : 0
    }
  }

  mutating func negate() {
    var carry: UInt64 = 1
    for index in stride(from: Self.wordCount - 1, through: 0, by: -1) {
      let (sum, overflow) = (~words[index]).addingReportingOverflow(carry)
      words[index] = sum
      carry = overflow ? 1 : 0
    }
  }

  mutating func subtract(_ other: FixedPoint) {
    var negated = other
    negated.negate()
    add(negated)
  }

  /// The value as a two's complement number of magnitude at most 1/2.
  func signedFraction() -> DoubleDouble {
    var positive = self
    let isNegative = words[0] >> 63 == 1
    if isNegative { positive.negate() }
    guard let lead = positive.words.firstIndex(where: { $0 != 0 }) else { return .zero }
    // Four words from the first one that is not zero hold at least 193 significant bits.
    var sum = DoubleDouble.zero
    for index in stride(from: min(lead + 3, Self.wordCount - 1), through: lead, by: -1) {
      sum += DoubleDouble(positive.words[index]).multiplied(byPowerOfTwo: -62 - 64 * index)
    }
    return isNegative ? -sum : sum
  }
}
