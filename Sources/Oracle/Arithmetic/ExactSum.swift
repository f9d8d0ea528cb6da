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
  /// E: the largest of Σ s_k² over the forward order, the reversed order and eight lanes, and of its
  /// mean over all orders; 0 where it was not asked for.
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

  /// A perturbed run of another source than accumulation has no use for path energies.
  package init(_ terms: [DoubleDouble], measuringPaths: Bool = true) {
    var total = DoubleDouble(0.0)
    var (magnitude, energy) = (0.0, 0.0)
    var lowest: Int?
    for (position, term) in terms.enumerated() {
      // Starting from the first term keeps the sign of a zero sum that IEEE addition would give.
      total = position == 0 ? term : total + term
      magnitude += term.high.magnitude
      energy += term.high * term.high
      if let bit = Self.lowestBit(of: term) { lowest = Swift.min(lowest ?? bit, bit) }
    }
    value = total
    lowestBit = lowest
    self.magnitude = magnitude
    productEnergy = energy
    count = terms.count
    pathEnergy = measuringPaths ? Self.energy(ofPaths: terms, total: total.high, energy) : 0
  }

  /// The largest energy that a legal order is expected to have: NaN and infinities of it are terms
  /// beyond the range, which bound nothing.
  private static func energy(
    ofPaths terms: [DoubleDouble], total: Double, _ energy: Double
  ) -> Double {
    let ends = Swift.max(endEnergy(terms), laneEnergy(terms))
    let mean = meanEnergy(total: total, energy: energy, count: Double(terms.count))
    return mean.isNaN ? .infinity : Swift.max(ends, mean)
  }

  /// The mean of Σ s_k² over all orders of n terms with the sum T and the energy Q².
  ///
  /// A prefix of k terms is a sample without replacement, so that its mean is kT/n and its variance
  /// k(n − k)/(n(n − 1))·(Q² − T²/n); over k = 1 … n
  ///
  ///     T²·(n + 1)(2n + 1)/6n + (Q² − T²/n)·(n + 1)/6.
  ///
  /// It matters where terms cancel their neighbours: every order named before keeps the pairs
  /// together, and a legal one that parts them meets larger partial sums.
  private static func meanEnergy(total: Double, energy: Double, count n: Double) -> Double {
    guard n > 1 else { return energy }
    let common = total * total * ((n + 1) * (2 * n + 1) / (6 * n))
    return common + Swift.max(0, energy - total * total / n) * ((n + 1) / 6)
  }

  private static func lowestBit(of term: DoubleDouble) -> Int? {
    let part = term.low != 0 ? term.low : term.high
    guard part != 0, part.isFinite else { return nil }
    let zeros = part.significandBitPattern.trailingZeroBitCount
    return Int(part.exponent) - (part.significandBitPattern == 0 ? 0 : 52 - zeros)
  }

  /// The larger energy of the forward and the reversed order.
  private static func endEnergy(_ terms: [DoubleDouble]) -> Double {
    var (first, forward, second, reversed) = (0.0, 0.0, 0.0, 0.0)
    for position in terms.indices {
      first += terms[position].high
      forward += first * first
      second += terms[terms.count - 1 - position].high
      reversed += second * second
    }
    return Swift.max(forward, reversed)
  }

  /// Eight lanes k, k+8, k+16 … are summed, then the lanes in order.
  private static func laneEnergy(_ terms: [DoubleDouble]) -> Double {
    var lanes = InlineArray<8, Double>(repeating: 0)
    var energy = 0.0
    for (position, term) in terms.enumerated() {
      lanes[position % 8] += term.high
      energy += lanes[position % 8] * lanes[position % 8]
    }
    var (partial, ends) = (0.0, 0.0)
    for lane in 0..<Swift.min(8, terms.count) {
      partial += lanes[lane]
      ends += partial * partial
    }
    return energy + ends
  }
}
