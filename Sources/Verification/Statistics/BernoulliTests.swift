/// Tests of 0/1 draws with a probability of their own each.
struct BernoulliTests {
  let values: [Double]
  let probabilities: [Double]

  /// Successes in all and in ten bins of probability, then serial correlation of the residuals.
  var all: [HolmDecision.Test] {
    guard values.count >= UniformityTests.minimumCount else { return [] }
    var tests = [binomial("successes", Array(values.indices))]
    let bins = Dictionary(grouping: values.indices) { min(9, Int(probabilities[$0] * 10)) }
    if bins.count > 1 {
      for bin in bins.keys.sorted() {
        tests.append(binomial("successes in probability bin \(bin)", bins[bin] ?? []))
      }
    }
    return tests + serialCorrelations
  }

  private func binomial(_ name: String, _ positions: [Int]) -> HolmDecision.Test {
    let trials = Double(positions.count)
    let successes = positions.reduce(0) { $0 + values[$1] }
    let mean = positions.reduce(0) { $0 + probabilities[$1] } / trials
    return .init(
      name: name,
      probability: Probability.binomialTail(successes: successes, trials: trials, mean: mean))
  }

  /// Only draws with p in [0.05, 0.95]: residuals of rarer events are not normal in sum.
  private var serialCorrelations: [HolmDecision.Test] {
    let residuals = values.indices.compactMap { index -> Double? in
      let p = probabilities[index]
      guard p >= 0.05, p <= 0.95 else { return nil }
      return (values[index] - p) / (p * (1 - p)).squareRoot()
    }
    guard residuals.count >= 1_000 else { return [] }
    return (1...8).map { lag in
      let pairs = residuals.count - lag
      var sum = 0.0
      for index in 0..<pairs { sum += residuals[index] * residuals[index + lag] }
      return .init(
        name: "serial correlation at lag \(lag)",
        probability: Probability.twoSidedNormal(sum / Double(pairs).squareRoot()))
    }
  }
}
