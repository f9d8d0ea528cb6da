import Glibc

/// Distribution functions and tail probabilities for class S.
enum Probability {
  /// Φ(x) of the standard normal distribution.
  static func normal(_ x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }

  /// P(|Z| ≥ |z|) of a standard normal Z.
  static func twoSidedNormal(_ z: Double) -> Double { erfc(abs(z) * 0.5.squareRoot()) }

  /// The asymptotic P(D ≥ d) of the two-sided Kolmogorov–Smirnov statistic over n values, with
  /// M. A. Stephens' correction for finite n (J. R. Stat. Soc. B 32, 1970).
  static func kolmogorov(_ d: Double, count: Int) -> Double {
    let root = Double(count).squareRoot()
    let lambda = d * (root + 0.12 + 0.11 / root)
    // Below this the sum is 1 to all digits but converges slowly.
    guard lambda > 0.2 else { return 1 }
    var sum = 0.0
    for term in 1...100 {
      let j = Double(term)
      sum += (term % 2 == 1 ? 2 : -2) * exp(-2 * j * j * lambda * lambda)
    }
    return min(max(sum, 0), 1)
  }

  /// An upper bound of P(|X − np| ≥ |x − np|) for a sum X of n independent trials with mean
  /// probability p (Hoeffding 1963, theorem 1); holds for unequal probabilities too.
  static func binomialTail(successes: Double, trials: Double, mean p: Double) -> Double {
    let share = successes / trials
    func term(_ a: Double, _ b: Double) -> Double { a > 0 ? a * log(a / b) : 0 }
    guard p > 0, p < 1 else { return share == p ? 1 : 0 }
    return min(1, 2 * exp(-trials * (term(share, p) + term(1 - share, 1 - p))))
  }

  /// Chernoff's upper bound of P(X ≥ x) for a Poisson variable of the given mean.
  static func poissonUpperTail(_ x: Double, mean: Double) -> Double {
    guard x > mean else { return 1 }
    guard mean > 0 else { return 0 }
    return min(1, exp(x - mean - x * log(x / mean)))
  }

  /// The exponential of −x, for expectations of collisions.
  static func decay(_ x: Double) -> Double { exp(-x) }
}
