import NumericFormats
import Spec
import Tensors

/// Class S (numerics §6.9): no value golden; range per element, then statistics decided by Holm's
/// method at an overall error probability of 1e-6.
struct RandomComparison {
  private let comparison: TensorComparison
  private let distribution: Distribution
  private let values: [Double]

  init(_ comparison: TensorComparison, _ distribution: Distribution) throws(GoldenFault) {
    self.comparison = comparison
    self.distribution = distribution
    if let reals = comparison.observed.doubles {
      values = reals
    } else if let integers = comparison.observed.integers {
      // The conversion of 128 bits is slow, and no draw needs them.
      values = integers.map { Int64(exactly: $0).map { Double($0) } ?? Double($0) }
    } else {
      throw GoldenFault("random values of the type \(comparison.golden.type.name)")
    }
    switch distribution {
    case .uniform(let low, let high):
      guard low < high else { throw GoldenFault("a uniform distribution without extent") }
    case .normal(_, let deviation):
      guard deviation > 0 else { throw GoldenFault("a normal distribution without deviation") }
    case .bernoulli(let probabilities):
      try GoldenFault.check("probability", probabilities.count, comparison.count)
      guard probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
        throw GoldenFault("a probability outside [0, 1]")
      }
    case .categorical(let probabilities, let classes):
      try CategoricalTests.check(probabilities, classes: classes, for: comparison.golden.shape)
      guard probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
        throw GoldenFault("a probability outside [0, 1]")
      }
    }
  }

  func findings() -> Findings {
    let range = range
    var tally = ElementTally()
    for (position, y) in values.enumerated() where !isUndefined(position) {
      if !y.isFinite {
        tally.wrongClass.append(position)
      } else if !isPossible(y, at: position, range) {
        tally.recordWrongValue(at: position, ratio: .infinity)
      }
    }
    let rejected = HolmDecision.rejected(tally.wrong == 0 ? tests : [])
    // Metrics of accuracy are read where something is wrong, or where they are asked for.
    let isMeasured =
      tally.wrong > 0 || !rejected.isEmpty || comparison.context.recordsInformativeMetrics
    var report = ElementReport(
      comparison, tally,
      accuracy: .values(
        observed: isMeasured ? values : [],
        golden: isMeasured ? values.indices.map(centre(at:)) : []))
    report.valueCode = .valueBound
    if let first = rejected.first {
      let names = rejected.map(\.name).joined(separator: ", ")
      report.distributionMessage =
        "not the declared distribution by: \(names); smallest probability "
        + "\(DecimalText.short(first.probability)), overall level 1e-06 (numerics §6.9)"
    }
    return report.findings(
      boundText: { _ in rangeText }, derivation: { _ in ["class random (numerics §6.9)"] })
  }

  private func isUndefined(_ position: Int) -> Bool {
    !comparison.golden.undefined.isEmpty && comparison.golden.undefined[position]
  }

  /// The values of a uniform distribution: those next to a border may be rounded to it, and beyond a
  /// border that the type cannot hold. Everything for others.
  private var range: ClosedRange<Double> {
    guard case .uniform(let low, let high) = distribution else { return -.infinity ... .infinity }
    let format = comparison.golden.type.floatFormat ?? .f32
    return min(low, format.round(low))...max(high, format.round(high))
  }

  private func isPossible(_ y: Double, at position: Int, _ range: ClosedRange<Double>) -> Bool {
    switch distribution {
    case .uniform: return range.contains(y)
    case .normal: return true
    case .bernoulli(let probabilities):
      let p = probabilities[position]
      return (y == 0 && p < 1) || (y == 1 && p > 0)
    case .categorical: return categories?.isPossible(y, at: position) ?? false
    }
  }

  private func centre(at position: Int) -> Double {
    switch distribution {
    case .uniform(let low, let high): low / 2 + high / 2
    case .normal(let mean, _): mean
    case .bernoulli(let probabilities): probabilities[position]
    case .categorical: categories?.mean(at: position) ?? 0
    }
  }

  /// The tests of a categorical distribution, else nil.
  private var categories: CategoricalTests? {
    guard case .categorical(let probabilities, let classes) = distribution else { return nil }
    return CategoricalTests(
      values: values, probabilities: probabilities, classes: classes,
      rowLength: comparison.golden.shape.last ?? 1)
  }

  private var rangeText: String {
    switch distribution {
    case .uniform(let low, let high): "[\(DecimalText.short(low)), \(DecimalText.short(high))]"
    case .normal: "any finite value"
    case .bernoulli: "0 or 1"
    case .categorical(_, let classes): "a class of 0 … \(classes - 1) that may come"
    }
  }

  private var tests: [HolmDecision.Test] {
    switch distribution {
    case .uniform(let low, let high):
      continuousTests { min(max(($0 - low) / (high - low), 0), 1) }
    case .normal(let mean, let deviation):
      continuousTests { Probability.normal(($0 - mean) / deviation) }
    case .bernoulli(let probabilities):
      BernoulliTests(values: values, probabilities: probabilities).all
    case .categorical: categories?.all ?? []
    }
  }

  private func continuousTests(_ cumulative: (Double) -> Double) -> [HolmDecision.Test] {
    guard let format = comparison.golden.type.floatFormat else { return [] }
    let ulps = UlpScale(format)
    // The borders of a value's interval and F of them ascend with the value.
    let sorted = values.sorted()
    let tests = UniformityTests(
      uniforms: values.map(cumulative),
      lower: sorted.map { cumulative($0 - ulps.ulp(of: $0)) },
      upper: sorted.map { cumulative($0 + ulps.ulp(of: $0)) }
    ).all
    // Narrow types repeat values by themselves.
    guard format.precision >= 24, values.count >= UniformityTests.minimumCount else { return tests }
    return tests + [UniformityTests.resolution(ofAscending: sorted)]
  }
}
