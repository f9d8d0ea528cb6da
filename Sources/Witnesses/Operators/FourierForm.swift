import CPUBackend
import Glibc
import Tensors

/// How the discrete Fourier transform of a row is computed in the compute type.
enum FourierForm: String, CaseIterable, Sendable {
  /// Sums of products with a table of the unit circle.
  case direct
  /// The same, with functions of angles that are rounded in the compute type.
  case angles
  /// Halves of halves, so far as the length is even, then sums; smaller parts first.
  case radix
  /// The same from the other end: sums of equal distance first (decimation in frequency).
  case frequency
  /// A convolution with a chirp for lengths with a prime factor above 7, else as `radix`.
  case chirp
  /// The same for every length that is no power of two.
  case chirps

  var summary: String {
    switch self {
    case .direct: "as sums of products"
    case .angles: "as sums of products with functions of rounded angles"
    case .radix: "by radix 2, decimated in time"
    case .frequency: "by radix 2, decimated in frequency"
    case .chirp: "as convolutions with a chirp"
    case .chirps: "as convolutions with a chirp, but for powers of two"
    }
  }

  /// The operators DFT and STFT.
  var all: [String: Computation] {
    [
      "DFT": .firstOutput { call, _ throws(KernelError) in
        results(try TransformProblem<Float>(dft: call))
      } double: { call, _ throws(KernelError) in
        results(try TransformProblem<Double>(dft: call))
      },
      "STFT": .firstOutput { call, _ throws(KernelError) in
        results(try TransformProblem<Float>(stft: call))
      } double: { call, _ throws(KernelError) in
        results(try TransformProblem<Double>(stft: call))
      },
    ]
  }

  private func results<Number: Real>(_ problem: TransformProblem<Number>) -> [Number] {
    let sign: Number = problem.isInverse ? 1 : -1
    let divisor = problem.isInverse ? Number(problem.length) : 1
    return problem.results { row in
      var result = transform(row, sign)
      result.real = result.real.map { $0 / divisor }
      result.imaginary = result.imaginary.map { $0 / divisor }
      return result
    }
  }

  /// Σ x[n]·e^(sign·2πjkn/N).
  func transform<Number: Real>(_ row: ComplexRow<Number>, _ sign: Number) -> ComplexRow<Number> {
    let table = CircleTable<Number>(row.count, sign)
    switch self {
    case .direct: return Self.direct(row, table, stretch: 1)
    case .angles:
      return Self.direct(row, CircleTable<Number>(ofRoundedAngles: row.count, sign), stretch: 1)
    case .radix: return Self.inTime(row, table, stretch: 1)
    case .frequency: return Self.inFrequency(row, table, stretch: 1)
    case .chirp:
      return Self.hasLargePrime(row.count)
        ? Self.chirped(row, sign) : Self.inTime(row, table, stretch: 1)
    case .chirps:
      return row.count & (row.count - 1) != 0
        ? Self.chirped(row, sign) : Self.inTime(row, table, stretch: 1)
    }
  }

  private static func direct<Number: Real>(
    _ row: ComplexRow<Number>, _ table: CircleTable<Number>, stretch: Int
  ) -> ComplexRow<Number> {
    var result = ComplexRow<Number>(count: row.count)
    for k in 0..<row.count {
      for n in 0..<row.count {
        let term = table.product(row, n, k * n % row.count * stretch)
        result.real[k] += term.real
        result.imaginary[k] += term.imaginary
      }
    }
    return result
  }

  private static func inTime<Number: Real>(
    _ row: ComplexRow<Number>, _ table: CircleTable<Number>, stretch: Int
  ) -> ComplexRow<Number> {
    guard row.count % 2 == 0 else { return direct(row, table, stretch: stretch) }
    let half = row.count / 2
    let (even, odd) = (every(second: 0, of: row), every(second: 1, of: row))
    let (low, high) = (
      inTime(even, table, stretch: 2 * stretch), inTime(odd, table, stretch: 2 * stretch)
    )
    var result = ComplexRow<Number>(count: row.count)
    for k in 0..<half {
      let turned = table.product(high, k, k * stretch)
      result.real[k] = low.real[k] + turned.real
      result.imaginary[k] = low.imaginary[k] + turned.imaginary
      result.real[k + half] = low.real[k] - turned.real
      result.imaginary[k + half] = low.imaginary[k] - turned.imaginary
    }
    return result
  }

  private static func inFrequency<Number: Real>(
    _ row: ComplexRow<Number>, _ table: CircleTable<Number>, stretch: Int
  ) -> ComplexRow<Number> {
    guard row.count % 2 == 0 else { return direct(row, table, stretch: stretch) }
    let half = row.count / 2
    var (sums, differences) = (ComplexRow<Number>(count: half), ComplexRow<Number>(count: half))
    for n in 0..<half {
      sums.real[n] = row.real[n] + row.real[n + half]
      sums.imaginary[n] = row.imaginary[n] + row.imaginary[n + half]
      differences.real[n] = row.real[n] - row.real[n + half]
      differences.imaginary[n] = row.imaginary[n] - row.imaginary[n + half]
      (differences.real[n], differences.imaginary[n]) = table.product(differences, n, n * stretch)
    }
    let even = inFrequency(sums, table, stretch: 2 * stretch)
    let odd = inFrequency(differences, table, stretch: 2 * stretch)
    var result = ComplexRow<Number>(count: row.count)
    for k in 0..<half {
      (result.real[2 * k], result.imaginary[2 * k]) = (even.real[k], even.imaginary[k])
      (result.real[2 * k + 1], result.imaginary[2 * k + 1]) = (odd.real[k], odd.imaginary[k])
    }
    return result
  }

  private static func every<Number: Real>(
    second first: Int, of row: ComplexRow<Number>
  ) -> ComplexRow<Number> {
    let places = stride(from: first, to: row.count, by: 2)
    return ComplexRow(
      real: places.map { row.real[$0] }, imaginary: places.map { row.imaginary[$0] })
  }

  /// L. I. Bluestein, "A linear filtering approach to the computation of the discrete Fourier
  /// transform", 1970.
  private static func chirped<Number: Real>(
    _ row: ComplexRow<Number>, _ sign: Number
  ) -> ComplexRow<Number> {
    let count = row.count
    var size = 1
    while size < 2 * count - 1 { size *= 2 }
    let table = CircleTable<Number>(2 * count, sign)
    var (signal, kernel) = (ComplexRow<Number>(count: size), ComplexRow<Number>(count: size))
    for n in 0..<count {
      let place = n * n % (2 * count)
      (signal.real[n], signal.imaginary[n]) = table.product(row, n, place)
      for mirror in n == 0 ? [0] : [n, size - n] {
        (kernel.real[mirror], kernel.imaginary[mirror]) =
          (table.cosines[place], -table.sines[place])
      }
    }
    let (forward, back) = (CircleTable<Number>(size, -1), CircleTable<Number>(size, 1))
    var spectrum = inTime(signal, forward, stretch: 1)
    let factors = inTime(kernel, forward, stretch: 1)
    multiply(&spectrum, by: factors)
    let convolved = inTime(spectrum, back, stretch: 1)
    var result = ComplexRow<Number>(count: count)
    for k in 0..<count {
      let term = table.product(convolved, k, k * k % (2 * count))
      (result.real[k], result.imaginary[k]) = (
        term.real / Number(size), term.imaginary / Number(size)
      )
    }
    return result
  }

  private static func multiply<Number: Real>(
    _ row: inout ComplexRow<Number>, by factors: ComplexRow<Number>
  ) {
    for k in 0..<row.count {
      let (a, b) = (row.real[k], row.imaginary[k])
      row.real[k] = a * factors.real[k] - b * factors.imaginary[k]
      row.imaginary[k] = a * factors.imaginary[k] + b * factors.real[k]
    }
  }

  private static func hasLargePrime(_ count: Int) -> Bool {
    var rest = count
    for prime in [2, 3, 5, 7] { while rest % prime == 0 { rest /= prime } }
    return rest > 1
  }
}

/// Points of the unit circle in the compute type.
private struct CircleTable<Number: Real> {
  let cosines: [Number]
  let sines: [Number]

  /// Each rounded once.
  init(_ count: Int, _ sign: Number) {
    cosines = (0..<count).map { Number(CirclePoint.cosine($0, of: count)) }
    sines = (0..<count).map { sign * Number(CirclePoint.sine($0, of: count)) }
  }

  /// Functions, rounded once, of 2π·k/count, of which every step is rounded.
  init(ofRoundedAngles count: Int, _ sign: Number) {
    let angles = (0..<count).map { Number(2 * Double.pi) * Number($0) / Number(count) }
    cosines = angles.map { Number(cos($0.double)) }
    sines = angles.map { sign * Number(sin($0.double)) }
  }

  /// An element of the row times a point.
  func product(
    _ row: ComplexRow<Number>, _ place: Int, _ point: Int
  ) -> (real: Number, imaginary: Number) {
    let (a, b, c, s) = (row.real[place], row.imaginary[place], cosines[point], sines[point])
    return (a * c - b * s, a * s + b * c)
  }
}
