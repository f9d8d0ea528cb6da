package import ExtendedArithmetic
package import Tensors

/// Where an evaluation's roundings would happen, and what a perturbed run adds there.
///
/// The exact run adds nothing. A perturbed run draws an independent error of size u0 = 2^-30 at
/// every place of one source (numerics §6.6), so that the spread of its results, over u0, is the
/// sensitivity of the outputs to that source.
package final class Trace {
  /// The kinds of rounding, perturbed one at a time.
  package enum Source: Int, CaseIterable, Sendable {
    /// After each elementary step: relative ±U(−u0, u0).
    case compute
    /// Inside each sum: noise of deviation u0·√(E/3).
    case accumulate
    /// At each materialised intermediate: relative ±U(−u0, u0).
    case storage
    /// On the factors of matrix products: relative ±U(−u0, u0).
    case input
    /// The bias of sums that round toward zero: deviation u0·√(h·(E + Q²)), half of its variance
    /// shared by all sums of the run. Measured for whole models and for long sums.
    case truncation
  }

  /// The size of the injected errors.
  package static let perturbation = 0x1p-30

  /// The source perturbed in this run; nil: the exact run.
  package let source: Source?
  /// The size of the errors that this run injects: `perturbation`, or less where values between two
  /// nodes round far coarser than outputs and an error of theirs would not be small any more.
  package let size: Double
  /// Sums of so many terms lose less to rounding toward zero than twice the deviation of their
  /// noise allows (numerics §6.6).
  static let shortSum = 16

  /// The most terms of any sum so far.
  private(set) var longestSum = 0
  /// The coarsest rounding of a value between two nodes so far, in units of that of the outputs.
  private(set) var coarsestStorage = 1.0
  /// Which sources the evaluation met, a bit each; a set would cost more than the arithmetic.
  private var metSources: UInt8 = 0
  private var random: CounterRandom
  /// What the biases of all sums have in common in this run.
  private let sharedBias: Double

  /// - Parameter coarsestStorage: that of the exact run.
  package init(source: Source? = nil, seed: UInt64 = 0, coarsestStorage: Double = 1) {
    self.source = source
    size = source == .storage ? Self.perturbation / coarsestStorage : Self.perturbation
    var random = CounterRandom(key: (seed, 0x5452_4143_45))
    sharedBias = source == .truncation ? random.nextNormal() : 0
    self.random = random
  }

  /// Whether the evaluation met the source, so that runs for the others can be spared.
  package func hasMet(_ source: Source) -> Bool { metSources & 1 << source.rawValue != 0 }

  /// Whether this run reads the path energies of sums.
  package var measuresPaths: Bool { source == nil || perturbsSums }

  private var perturbsSums: Bool { source == .accumulate || source == .truncation }

  /// A result of one elementary step; `units` is the size of its rounding in units of the compute
  /// format's, above 1 where the text lets a step round to a narrower type.
  package func step(_ x: DoubleDouble, units: Double = 1) -> DoubleDouble {
    disturbed(x, at: .compute, units: units)
  }

  /// The error of an elementary step that no unit of its result bounds, in units of the compute
  /// format's; zero outside of runs that perturb such steps.
  func step(absolute budget: Double) -> DoubleDouble {
    guard budget > 0 else { return .zero }
    note(.compute)
    guard source == .compute else { return .zero }
    return DoubleDouble(size * budget * (2 * random.nextUnit() - 1))
  }

  /// The rounding of a type in units of float32's, for steps that the text lets a backend hold in it.
  static func units(of type: ElementType) -> Double {
    type == .f16 ? 0x1p13 : type == .bf16 ? 0x1p16 : 1
  }

  /// A value written to memory between two steps; `units` is the size of its rounding in units of
  /// that of the outputs.
  package func stored(_ x: DoubleDouble, units: Double = 1) -> DoubleDouble {
    if source == nil { coarsestStorage = max(coarsestStorage, units) }
    return disturbed(x, at: .storage, units: units)
  }

  /// A factor of a matrix product, as a backend with narrow multipliers would read it.
  package func factor(_ x: DoubleDouble) -> DoubleDouble { disturbed(x, at: .input) }

  package func add(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble { step(a + b) }
  package func subtract(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble { step(a - b) }
  package func multiply(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble { step(a * b) }
  package func divide(_ a: DoubleDouble, by b: DoubleDouble) -> DoubleDouble { step(a / b) }

  /// An elementary function of one argument.
  package func primitive(_ function: Primitive, _ x: DoubleDouble) -> DoubleDouble {
    step(function(x))
  }

  /// The sum of terms that are themselves exact or already traced.
  package func sum(_ terms: [DoubleDouble]) -> DoubleDouble {
    noted(ExactSum(terms, measuringPaths: perturbsSums), hasProducts: false)
  }

  /// The sum of the squares of numbers that were read in a type.
  ///
  /// The square of an odd integer is 1 modulo 8. Where numbers of at most 12 bits are squared without
  /// rounding, the bits that a sum drops are therefore not random: up to half of the steps round by
  /// half an ulp, all in one direction, which is a bias of at most ¼ ulp ≤ ½u·|s_k| a step. It is
  /// counted as a deviation, Σ|s_k| ≤ √(n·E).
  package func sumOfSquares(_ numbers: [DoubleDouble], readAs type: ElementType) -> DoubleDouble {
    let sum = ExactSum(
      numbers.map { multiply($0, $0) }, measuringPaths: perturbsSums)
    let isExactSquare = (type.floatFormat?.precision ?? 53) <= 12
    let bias = isExactSquare ? Double(sum.count) / 4 : 0
    return noted(sum, variance: sum.pathEnergy * (1.0 / 3 + bias))
  }

  /// The dot product of two rows of equal length.
  package func dot(_ a: [DoubleDouble], _ b: [DoubleDouble]) -> DoubleDouble {
    let terms = zip(a, b).map { factor($0) * factor($1) }
    return noted(ExactSum(terms, measuringPaths: perturbsSums), hasProducts: true)
  }

  /// The value of a sum with the noise of its accumulation.
  package func noted(_ sum: ExactSum, hasProducts: Bool) -> DoubleDouble {
    noted(sum, variance: (sum.pathEnergy + (hasProducts ? sum.productEnergy : 0)) / 3)
  }

  private func noted(_ sum: ExactSum, variance: Double) -> DoubleDouble {
    note(.accumulate)
    note(sumOf: sum.count)
    guard sum.value.isFinite else { return sum.value }
    switch source {
    case .accumulate: return sum.value + noise(deviation: variance.squareRoot())
    case .truncation:
      return sum.value
        + bias(
          of: sum.value, height: sum.count, energy: sum.pathEnergy + sum.productEnergy)
    case .compute, .storage, .input, nil: return sum.value
    }
  }

  /// What rounding toward zero takes from a sum of `height` steps, as an error of either sign.
  ///
  /// Each step loses u·|s_k| in the mean, with u half the spacing. The steps of a product round too,
  /// so that Σ|s_k| + Σ|t_k| ≤ √(2h·(E + Q²)) by Cauchy and Schwarz; partial sums of a random walk
  /// reach √⅔ of √(h·E). Losses pull toward zero: what one sum shares with the others has the
  /// opposite of its sign.
  package func bias(of sum: DoubleDouble, height: Int, energy: Double) -> DoubleDouble {
    let deviation = (Double(max(0, height)) * energy / 2).squareRoot()
    let shared = sum.high < 0 ? sharedBias : -sharedBias
    return DoubleDouble(size * deviation * (random.nextNormal() + shared))
  }

  /// An error of the given deviation (in units of u0) for a sum evaluated elsewhere.
  package func noise(deviation: Double) -> DoubleDouble {
    DoubleDouble(size * deviation * random.nextNormal())
  }

  /// Marks a source as met without perturbing anything here.
  package func note(_ source: Source) { metSources |= 1 << source.rawValue }

  /// Marks that a sum of so many terms was met.
  package func note(sumOf count: Int) { longestSum = max(longestSum, count) }

  private func disturbed(
    _ x: DoubleDouble, at place: Source, units: Double = 1
  ) -> DoubleDouble {
    note(place)
    guard source == place, x.isFinite else { return x }
    let unit = 2 * random.nextUnit() - 1
    return x + x * DoubleDouble(size * units * unit)
  }
}
