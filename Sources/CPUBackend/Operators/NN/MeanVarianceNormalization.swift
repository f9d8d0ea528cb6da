import Tensors

/// Elements brought to mean 0 and variance 1 over some axes.
///
///     y = (x − μ) / (√σ² + 1e-9),   σ² = mean((x − μ)²)
///
/// The small term is the one of the operator's definition by others; it makes equal elements 0.
enum MeanVarianceNormalizationKernel: OperatorKernel {
  static let name = "MeanVarianceNormalization"
  static let versions = [9, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let axes = try Axes.normalised(
      try call.ints("axes") ?? [0, 2, 3], rank: x.shape.count)
    let lanes = Lanes(x.shape, axes: axes)
    return [
      .tensor(
        try lanes.mapReals(x, as: Double.self) { source, target in
          let (mean, variance) = LayerNormalizationKernel.moments(source)
          let divisor = variance.squareRoot() + 1e-9
          for index in source.indices { target[index] = (source[index] - mean) / divisor }
        })
    ]
  }
}
