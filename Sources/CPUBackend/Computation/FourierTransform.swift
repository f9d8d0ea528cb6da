/// The discrete Fourier transform of rows in binary64, by mixed radices.
///
///     X[k] = Σ_n x[n]·e^(∓2πjkn/N)
///
/// A row of p·M elements is p transforms of M elements and M sums of p terms; the factors come from
/// one table of N points, at indices reduced modulo N.
struct FourierTransform {
  /// Products of one row at most: a long row of prime length takes the square of it.
  private static let greatestCost = 1 << 32

  let length: Int
  private let isInverse: Bool
  private let cosines: [Double]
  /// Sines with the sign of the direction.
  private let sines: [Double]

  /// Requires a positive length.
  ///
  /// - Throws: `unsupported` for lengths whose prime factors are too large.
  init(length: Int, isInverse: Bool) throws(KernelError) {
    let cost = length.multipliedReportingOverflow(by: Self.sumOfPrimes(of: length))
    guard !cost.overflow, cost.partialValue <= Self.greatestCost else {
      throw .unsupported(.shape, "a transform of length \(length)")
    }
    (self.length, self.isInverse) = (length, isInverse)
    cosines = (0..<length).map { CirclePoint.cosine($0, of: length) }
    sines = (0..<length).map {
      (isInverse ? 1 : -1) * CirclePoint.sine($0, of: length)
    }
  }

  /// The transform of a row of `length` elements; the inverse one is divided by the length.
  func callAsFunction(_ row: ComplexRow<Double>) -> ComplexRow<Double> {
    var result = transformed(row)
    guard isInverse else { return result }
    for k in 0..<length {
      result.real[k] /= Double(length)
      result.imaginary[k] /= Double(length)
    }
    return result
  }

  private func transformed(_ row: ComplexRow<Double>) -> ComplexRow<Double> {
    let count = row.count
    guard count > 1 else { return row }
    let radix = Self.leastPrime(of: count)
    let part = count / radix
    let parts = (0..<radix).map { first in
      transformed(
        ComplexRow(
          real: (0..<part).map { row.real[first + $0 * radix] },
          imaginary: (0..<part).map { row.imaginary[first + $0 * radix] }))
    }
    let stretch = length / count
    var result = ComplexRow<Double>(count: count)
    for k in 0..<count {
      var (real, imaginary) = (0.0, 0.0)
      for (number, part) in parts.enumerated() {
        let point = number * k % count * stretch
        let (c, s) = (cosines[point], sines[point])
        let (a, b) = (part.real[k % part.count], part.imaginary[k % part.count])
        real += a * c - b * s
        imaginary += b * c + a * s
      }
      (result.real[k], result.imaginary[k]) = (real, imaginary)
    }
    return result
  }

  private static func leastPrime(of number: Int) -> Int {
    var candidate = 2
    while candidate <= number / candidate {
      if number % candidate == 0 { return candidate }
      candidate += 1
    }
    return number
  }

  private static func sumOfPrimes(of number: Int) -> Int {
    var (rest, sum) = (number, 1)
    while rest > 1 {
      let prime = leastPrime(of: rest)
      sum += prime
      rest /= prime
    }
    return sum
  }
}
