import Tensors

/// Rows over the last axes brought to mean 0 and variance 1, then scaled and shifted.
///
///     y = (x − μ) / √(σ² + ε) · scale + b,   σ² = mean((x − μ)²)
///
/// The variance is taken of the differences from the mean, never from squares of the elements.
enum LayerNormalizationKernel: OperatorKernel {
  static let name = "LayerNormalization"
  static let versions = [17]

  static func outputTypes(
    _ declaration: Declaration
  ) throws(KernelError) -> [ValueType?] {
    let stash = try RowNormalization.stashType(declaration.attributes)
    return Array([nil, .tensor(stash), .tensor(stash)].prefix(declaration.outputCount))
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let rows = try RowNormalization(call, x.shape)
    let scale = try rows.broadcast(try call.tensor(1), "the scale")
    let bias = try call.optionalTensor(2).map { tensor throws(KernelError) in
      try rows.broadcast(tensor, "the bias")
    }
    var means = [Double](repeating: 0, count: rows.count)
    var inverses = means
    var result = [Double](repeating: 0, count: scale.count)
    rows.forEachRow(try rows.elements(x), &result) { row, source, target in
      let (mean, variance) = moments(source)
      let inverse = rows.inverseRoot(variance)
      (means[row], inverses[row]) = (mean, inverse)
      let start = row * rows.length
      for index in source.indices {
        let normal = (source[index] - mean) * inverse
        target[index] = normal * scale[start + index] + (bias?[start + index] ?? 0)
      }
    }
    return [
      .tensor(try .rounding(result, to: x.type, x.shape)),
      .tensor(try .rounding(means, to: rows.stashType, rows.reducedShape)),
      .tensor(try .rounding(inverses, to: rows.stashType, rows.reducedShape)),
    ]
  }

  /// The mean and the population variance in two passes; NaN for no elements.
  static func moments(
    _ elements: UnsafeBufferPointer<Double>
  ) -> (mean: Double, variance: Double) {
    let count = Double(elements.count)
    let mean = LaneTree.sum(elements) / count
    let squares = LaneTree.sum(elements) { ($0 - mean) * ($0 - mean) }
    // The second sum is zero but for the rounding of the mean, which it corrects.
    let rest = LaneTree.sum(elements) { $0 - mean }
    return (mean, (squares - rest * rest / count) / count)
  }
}
