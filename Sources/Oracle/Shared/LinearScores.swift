import ExtendedArithmetic
import Tensors

/// The scores of a linear model.
///
///     s[n, t] = Σ_f x[n, f] · w[t, f] + b[t]
///
/// - Height: F products and sums, the cast of a feature that is no float32, the intercept.
enum LinearScores {
  /// Reads `coefficients`, contiguous for each target, and `intercepts`.
  static func sums(
    _ call: Call, _ x: FeatureMatrix, targets: Int
  ) throws(EvaluationError) -> ScoreSums {
    let name = call.node.operatorName
    let weights = try call.floats("coefficients") ?? []
    let intercepts = try call.floats("intercepts")
    let (expected, overflow) = targets.multipliedReportingOverflow(by: x.width)
    guard targets > 0, !overflow, weights.count == expected else {
      throw .invalid("\(name): \(weights.count) coefficients for \(targets) × \(x.width)")
    }
    if let intercepts, intercepts.count != targets {
      let problem = "\(name): \(intercepts.count) intercepts for \(targets)"
      // Only the regressor's text asks for as many.
      throw name == LinearRegressorEvaluator.name ? .invalid(problem) : .unsupported(problem)
    }
    try call.limitTargets(targets)
    var scores = ScoreSums(rows: x.rows, columns: targets, hasProducts: true)
    let height = x.width + (x.isSingle ? 0 : 1) + (intercepts == nil ? 0 : 1)
    for row in 0..<x.rows {
      for target in 0..<targets {
        let own = weights[target * x.width..<(target + 1) * x.width]
        var terms = zip(x.row(row), own).map {
          call.trace.factor($0) * call.trace.factor(DoubleDouble($1))
        }
        if let intercepts { terms.append(DoubleDouble(intercepts[target])) }
        scores.sums.append((terms, height))
      }
    }
    return scores
  }
}
