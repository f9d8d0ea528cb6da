package import ExtendedArithmetic

/// A sum in double-double with what its error bound is derived from (numerics §1: S, Q², E, h).
///
/// Accumulation error is below 2^-100·S. The energies are ordinary binary64 sums: relative error
/// below n·2^-53, covered where they are stored by rounding up with a margin.
package struct ExactSum: Sendable {
  package let value: DoubleDouble
  /// S = Σ|t_k|.
  package let magnitude: Double
  /// Q² = Σ t_k².
  package let productEnergy: Double
  /// E: the largest of Σ s_k² over the forward order, the reversed order and eight lanes.
  package let pathEnergy: Double
  package let count: Int
  /// The exponent of the lowest bit set in any term; nil when every term is zero.
  package let lowestBit: Int?

  /// Whether every partial sum in every order is exact in `precision` bits: all terms are multiples
  /// of one power of two and S stays below 2^precision of it (numerics §5, exact twin).
  package func isExactInAnyOrder(precision: Int) -> Bool {
    guard value.isFinite else { return false }
    guard let lowestBit else { return true }
    return magnitude <= Double(sign: .plus, exponent: lowestBit + precision, significand: 1)
  }

  /// The fewest bits of an accumulator in which every partial sum in every order is exact; one more
  /// than 11 at least where the sum may leave the range of binary16, the format of 11 bits.
  package var bitsToBeExact: Int {
    guard let lowestBit, magnitude.isFinite, magnitude > 0 else { return 0 }
    let isPowerOfTwo = magnitude.significandBitPattern == 0
    let bits = Int(magnitude.exponent) - lowestBit + (isPowerOfTwo ? 0 : 1)
    return magnitude > 65504 ? Swift.max(bits, 12) : bits
  }

  package init(_ terms: [DoubleDouble]) {
    var total = DoubleDouble(0.0)
    var (magnitude, energy) = (0.0, 0.0)
    for (position, term) in terms.enumerated() {
      // Starting from the first term keeps the sign of a zero sum that IEEE addition would give.
      total = position == 0 ? term : total + term
      magnitude += term.high.magnitude
      energy += term.high * term.high
    }
    value = total
    lowestBit = terms.compactMap { Self.lowestBit(of: $0) }.min()
    self.magnitude = magnitude
    productEnergy = energy
    count = terms.count
    let high = terms.map(\.high)
    pathEnergy = Swift.max(
      Self.energy(ofPath: high), Self.energy(ofPath: high.reversed()), Self.laneEnergy(high))
  }

  private static func lowestBit(of term: DoubleDouble) -> Int? {
    let part = term.low != 0 ? term.low : term.high
    guard part != 0, part.isFinite else { return nil }
    let zeros = part.significandBitPattern.trailingZeroBitCount
    return Int(part.exponent) - (part.significandBitPattern == 0 ? 0 : 52 - zeros)
  }

  private static func energy(ofPath terms: [Double]) -> Double {
    var (partial, energy) = (0.0, 0.0)
    for term in terms {
      partial += term
      energy += partial * partial
    }
    return energy
  }

  /// Eight lanes k, k+8, k+16 … are summed, then the lanes in order.
  private static func laneEnergy(_ terms: [Double]) -> Double {
    var lanes = [Double](repeating: 0, count: Swift.min(8, terms.count))
    var energy = 0.0
    for (position, term) in terms.enumerated() {
      lanes[position % 8] += term
      energy += lanes[position % 8] * lanes[position % 8]
    }
    return energy + Self.energy(ofPath: lanes)
  }
}
