import CPUBackend

/// How one step of an accumulation rounds.
struct Accumulator: Hashable, Sendable {
  enum Rounding: Hashable, Sendable {
    /// To the nearest value of the compute type.
    case nearest
    /// Toward zero in the compute type.
    case towardZero
    /// To the nearest value with so many bits and the range of the compute type.
    case bits(Int)
    /// To the nearest binary16.
    case half
  }

  /// Whether a product is added without being rounded first.
  var fuses = false
  var rounding = Rounding.nearest

  /// sum + term.
  @inline(__always)
  func adding<Number: Real>(_ term: Number, to sum: Number) -> Number {
    switch rounding {
    case .nearest: return sum + term
    case .towardZero: return Self.truncated(sum, term)
    case .bits(let bits): return (sum + term).rounded(toBits: bits)
    case .half: return Number((sum.double + term.double).half)
    }
  }

  /// sum + a · b.
  @inline(__always)
  func addingProduct<Number: Real>(_ a: Number, _ b: Number, to sum: Number) -> Number {
    guard fuses else { return adding(product(a, b), to: sum) }
    switch rounding {
    case .nearest: return sum.addingProduct(a, b)
    case .towardZero: return Self.truncated(sum, a, b)
    // Binary64 holds products of 24-bit factors exactly; its own rounding of the sum is 2^-29 of
    // a step of the accumulator.
    case .bits(let bits):
      return Number(sum.double.addingProduct(a.double, b.double).rounded(toBits: bits))
    case .half: return Number(sum.double.addingProduct(a.double, b.double).half)
    }
  }

  /// a · b.
  @inline(__always)
  func product<Number: Real>(_ a: Number, _ b: Number) -> Number {
    switch rounding {
    case .nearest: return a * b
    case .towardZero: return Self.truncated(0, a, b)
    case .bits(let bits): return (a * b).rounded(toBits: bits)
    case .half: return Number((a.double * b.double).half)
    }
  }

  /// a + b toward zero: the nearest sum, a step back where that is beyond the exact one.
  private static func truncated<Number: Real>(_ a: Number, _ b: Number) -> Number {
    let sum = a + b
    // Knuth's TwoSum: the exact error of the sum.
    let part = sum - a
    let error = (a - (sum - part)) + (b - part)
    return steppedBack(sum, error)
  }

  /// sum + a · b toward zero.
  private static func truncated<Number: Real>(
    _ sum: Number, _ a: Number, _ b: Number
  ) -> Number {
    let result = sum.addingProduct(a, b)
    // The exact error is the product's high part plus its low part plus `sum` less `result`; its
    // sign is all that is needed, and the sum of the parts has that sign.
    let high = a * b
    let low = (-high).addingProduct(a, b)
    let part = sum - (result - high)
    return steppedBack(result, part + low)
  }

  private static func steppedBack<Number: Real>(_ result: Number, _ error: Number) -> Number {
    guard result.isFinite, error.isFinite, error != 0, result != 0 else { return result }
    guard (error < 0) == (result > 0) else { return result }
    return result > 0 ? result.nextDown : result.nextUp
  }
}

extension Real {
  /// The nearest value of so many significant bits, ties to even; the exponent is not limited.
  @inline(__always)
  func rounded(toBits bits: Int) -> Self {
    guard isFinite, self != 0 else { return self }
    let dropped = 53 - bits
    guard dropped > 0 else { return self }
    let pattern = double.bitPattern
    let half: UInt64 = 1 << UInt64(dropped - 1)
    let isOdd = pattern >> UInt64(dropped) & 1
    let carried = pattern &+ (half - 1 + isOdd)
    return Self(Double(bitPattern: carried & ~(2 * half - 1)))
  }
}
