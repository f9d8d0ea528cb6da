import ExtendedArithmetic

/// The discrete Fourier transform of rows of complex numbers, traced.
///
///     X[k] = Σ_n x[n]·e^(∓2πjkn/N),   0 ≤ n, k < N
///
/// with − forward and +, divided by N, inverse. Factors are exact: k·n is reduced modulo N first.
///
/// Three decompositions are legal: 0 the sums themselves, 1 a mixed-radix transform (J. W. Cooley,
/// J. W. Tukey, 1965), 2 the chirp transform (L. I. Bluestein, 1970) where the length has a prime
/// factor above 7, as libraries choose it there. Fast transforms mix real and imaginary parts, so
/// that either part has the errors of both: the noise of a sum is that of the complex partial sums,
/// whose energy is the sum of both parts' (numerics §6.6).
struct FourierTransform {
  /// The decompositions that evaluators declare.
  static let decompositions = 3
  /// The longest transform evaluated here.
  static let greatestLength = 4096
  /// Two roundings, of a factor and of the product with it, are one of this size.
  private static let productUnits = 2.0.squareRoot()
  private static let greatestSmallPrime = 7

  let length: Int
  private let isInverse: Bool
  private let trace: Trace
  private let decomposition: Int
  private let circle: [UnitCircle]

  /// Requires a length from 1 to `greatestLength`.
  init(length: Int, isInverse: Bool, trace: Trace, decomposition: Int) {
    (self.length, self.isInverse, self.trace) = (length, isInverse, trace)
    self.decomposition = decomposition
    circle = (0..<length).map { UnitCircle($0, of: length) }
  }

  init(length: Int, isInverse: Bool, _ call: Call) {
    self.init(
      length: length, isInverse: isInverse, trace: call.trace,
      decomposition: call.decomposition)
  }

  /// The first results of a row of `length` elements.
  func callAsFunction(_ row: [ExactComplex], count: Int) -> [ExactComplex] {
    let sums: [ExactComplex]
    switch decomposition {
    case 0:
      sums = (0..<count).map { k in
        sum(row, factors: row.indices.map { circle[k * $0 % length] })
      }
    case 2 where largestPrime(of: length) > Self.greatestSmallPrime: sums = chirped(row)
    default: sums = fast(row)
    }
    let kept = sums.prefix(count)
    guard isInverse else { return Array(kept) }
    let divisor = DoubleDouble(length)
    // By a power of two the quotient is exact.
    guard length & (length - 1) != 0 else {
      return kept.map { ExactComplex(real: $0.real / divisor, imaginary: $0.imaginary / divisor) }
    }
    return kept.map {
      ExactComplex(
        real: trace.divide($0.real, by: divisor), imaginary: trace.divide($0.imaginary, by: divisor)
      )
    }
  }

  // MARK: Sums

  /// Σ values[n]·factors[n], the factors conjugated in the forward transform.
  private func sum(_ values: [ExactComplex], factors: [UnitCircle]) -> ExactComplex {
    var (real, imaginary): ([DoubleDouble], [DoubleDouble]) = ([], [])
    for (value, factor) in zip(values, factors) {
      let sine = isInverse ? factor.sine : .zero - factor.sine
      append(product(value.real, factor.cosine), to: &real)
      append(.zero - product(value.imaginary, sine), to: &real)
      append(product(value.imaginary, factor.cosine), to: &imaginary)
      append(product(value.real, sine), to: &imaginary)
    }
    return settled(real, imaginary)
  }

  /// Zeros are no steps of a sum.
  private func append(_ term: DoubleDouble, to terms: inout [DoubleDouble]) {
    if term.high != 0 { terms.append(term) }
  }

  private func product(_ x: DoubleDouble, _ factor: DoubleDouble) -> DoubleDouble {
    if x.high == 0 || factor.high == 0 {
      return x.isFinite ? .zero : x * factor
    }
    let read = trace.factor(x)
    if factor.low == 0, factor.high.magnitude == 1 { return read * factor }
    return trace.step(read * trace.factor(factor), units: Self.productUnits)
  }

  /// Both parts of a sum with the noise of its complex partial sums.
  private func settled(_ real: [DoubleDouble], _ imaginary: [DoubleDouble]) -> ExactComplex {
    trace.note(.accumulate)
    trace.note(sumOf: real.count + imaginary.count)
    let isPerturbed = trace.source == .accumulate || trace.source == .truncation
    let sums = [real, imaginary].map { ExactSum($0, measuringPaths: isPerturbed) }
    let energy = sums.reduce(0) { $0 + $1.pathEnergy + $1.productEnergy }
    let values = sums.map { sum -> DoubleDouble in
      guard sum.value.isFinite else { return sum.value }
      switch trace.source {
      case .accumulate:
        return sum.value + trace.noise(deviation: (energy / 3).squareRoot())
      case .truncation:
        return sum.value + trace.bias(of: sum.value, height: sum.count, energy: energy)
      case .compute, .storage, .input, nil: return sum.value
      }
    }
    return ExactComplex(real: values[0], imaginary: values[1])
  }

  // MARK: Fast transforms

  /// Transforms of every p-th element, joined by sums of p terms; p is the least prime factor.
  private func fast(_ row: [ExactComplex]) -> [ExactComplex] {
    guard row.count > 1 else { return row }
    let prime = leastPrime(of: row.count)
    let part = row.count / prime
    let parts = (0..<prime).map { first in
      fast(stride(from: first, to: row.count, by: prime).map { row[$0] })
    }
    let stretch = length / row.count
    return (0..<row.count).map { k in
      sum(
        parts.map { $0[k % part] },
        factors: (0..<prime).map { circle[$0 * k % row.count * stretch] })
    }
  }

  /// X[k] = b̄[k]·Σ_n (x[n]·b̄[n])·b[k − n] with b[n] = e^(±πjn²/N): a convolution by fast transforms.
  private func chirped(_ row: [ExactComplex]) -> [ExactComplex] {
    var size = 1
    while size < 2 * length - 1 { size *= 2 }
    let chirp = (0..<length).map { UnitCircle($0 * $0 % (2 * length), of: 2 * length) }
    var signal = [ExactComplex](repeating: .zero, count: size)
    var kernel = signal
    for n in 0..<length {
      signal[n] = sum([row[n]], factors: [chirp[n]])
      let sine = isInverse ? .zero - chirp[n].sine : chirp[n].sine
      kernel[n] = ExactComplex(real: chirp[n].cosine, imaginary: sine)
      if n > 0 { kernel[size - n] = kernel[n] }
    }
    func transform(_ isInverse: Bool) -> FourierTransform {
      FourierTransform(length: size, isInverse: isInverse, trace: trace, decomposition: 1)
    }
    let spectra = [signal, kernel].map { transform(false)($0, count: size) }
    let products = zip(spectra[0], spectra[1]).map { a, b in
      settled(
        [
          trace.multiply(a.real, b.real), .zero - trace.multiply(a.imaginary, b.imaginary),
        ], [trace.multiply(a.real, b.imaginary), trace.multiply(a.imaginary, b.real)])
    }
    let convolved = transform(true)(products, count: length)
    return zip(convolved, chirp).map { sum([$0], factors: [$1]) }
  }

  private func leastPrime(of number: Int) -> Int {
    var candidate = 2
    while candidate * candidate <= number {
      if number % candidate == 0 { return candidate }
      candidate += 1
    }
    return number
  }

  private func largestPrime(of number: Int) -> Int {
    var (rest, largest) = (number, 1)
    while rest > 1 {
      largest = leastPrime(of: rest)
      while rest % largest == 0 { rest /= largest }
    }
    return largest
  }
}

extension ExactComplex {
  static let zero = ExactComplex(real: .zero, imaginary: .zero)
}
