import NumericFormats

/// Tests of a sample whose values, by the declared distribution function, are uniform on [0, 1].
///
/// Moments are those of the transformed values: bounded variables, whose sums are normal to the
/// tails even where the original distribution has heavy ones.
struct UniformityTests {
  /// F(y) of every value, in the order they were drawn.
  let uniforms: [Double]
  /// F of the borders of the interval that rounds to the same output value, ascending.
  let lower: [Double]
  let upper: [Double]

  /// Fewer values carry no statistics.
  static let minimumCount = 64

  var all: [HolmDecision.Test] {
    guard uniforms.count >= Self.minimumCount else { return [] }
    return [kolmogorovSmirnov] + (1...4).map(moment) + (1...8).map(serialCorrelation)
  }

  /// KS, most favourable within the rounding of each value to the output type.
  private var kolmogorovSmirnov: HolmDecision.Test {
    let n = Double(uniforms.count)
    var distance = 0.0
    for (rank, border) in upper.enumerated() {
      distance = max(distance, Double(rank + 1) / n - border)
    }
    for (rank, border) in lower.enumerated() {
      distance = max(distance, border - Double(rank) / n)
    }
    return .init(
      name: "Kolmogorov–Smirnov",
      probability: Probability.kolmogorov(distance, count: uniforms.count))
  }

  /// E[u^k] = 1/(k+1), Var[u^k] = 1/(2k+1) − 1/(k+1)².
  private func moment(_ order: Int) -> HolmDecision.Test {
    let k = Double(order)
    var sum = 0.0
    for u in uniforms {
      var power = u
      for _ in 1..<order { power *= u }
      sum += power
    }
    let n = Double(uniforms.count)
    let variance = 1 / (2 * k + 1) - 1 / ((k + 1) * (k + 1))
    let z = (sum / n - 1 / (k + 1)) / (variance / n).squareRoot()
    return .init(name: "moment \(order)", probability: Probability.twoSidedNormal(z))
  }

  /// Products of centred neighbours have mean 0 and variance 1/144.
  private func serialCorrelation(_ lag: Int) -> HolmDecision.Test {
    let pairs = uniforms.count - lag
    var sum = 0.0
    for index in 0..<pairs { sum += (uniforms[index] - 0.5) * (uniforms[index + lag] - 0.5) }
    let z = 12 * sum / Double(pairs).squareRoot()
    return .init(
      name: "serial correlation at lag \(lag)", probability: Probability.twoSidedNormal(z))
  }

  /// Too many equal values for a generator with at least 2^16 distinct ones: finds generators of
  /// 12 bits, whose coarse steps no other test sees.
  static func resolution(ofAscending values: [Double]) -> HolmDecision.Test {
    let n = Double(values.count)
    let levels = 0x1p16
    let expected = n - levels * (1 - Probability.decay(n / levels))
    let repeats = Double(zip(values, values.dropFirst()).count { $0 == $1 })
    return .init(
      name: "resolution", probability: Probability.poissonUpperTail(repeats, mean: expected))
  }
}
