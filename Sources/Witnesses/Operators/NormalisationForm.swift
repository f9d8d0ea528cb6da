import CPUBackend
import Tensors

/// How moments of a row are computed and applied.
struct NormalisationForm: Hashable, Sendable {
  enum Moments: Hashable, Sendable {
    /// The mean, then the mean of the squared deviations.
    case twoPass
    /// Running mean and squares (B. P. Welford, 1962).
    case welford
  }

  enum Scaling: Hashable, Sendable {
    /// Deviations divided by the root.
    case quotient
    /// Deviations times the reciprocal of the root.
    case reciprocal
    /// One factor and one offset for every element.
    case folded
  }

  var moments: Moments = .twoPass
  var scaling: Scaling = .quotient

  /// The mean and the population variance.
  func statistics<Number: Real>(
    _ row: [Number], _ way: Summation
  ) -> (mean: Number, variance: Number) {
    let count = Number(row.count)
    guard moments == .welford else {
      let mean = way.sum(row) / count
      let deviations = row.map { $0 - mean }
      let plan = SummationPlan(way.order, count: row.count)
      return (mean, way.dot(deviations, deviations, plan) / count)
    }
    var (mean, squares): (Number, Number) = (0, 0)
    for (position, value) in row.enumerated() {
      let deviation = value - mean
      mean += deviation / Number(position + 1)
      squares += deviation * (value - mean)
    }
    return row.isEmpty ? (.nan, .nan) : (mean, squares / count)
  }

  /// (x − mean) / √(variance + ε) · scale + bias.
  func apply<Number: Real>(
    _ x: Number, _ moments: (mean: Number, variance: Number), epsilon: Number, scale: Number,
    bias: Number
  ) -> Number {
    let root = (moments.variance + epsilon).squareRoot()
    switch scaling {
    case .quotient: return (x - moments.mean) / root * scale + bias
    case .reciprocal: return (x - moments.mean) * (1 / root) * scale + bias
    case .folded:
      let factor = scale / root
      return factor * x + (bias - moments.mean * factor)
    }
  }
}
