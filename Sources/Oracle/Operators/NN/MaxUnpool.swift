import Tensors

/// Maxima put back to where MaxPool found them, with zeros around them.
///
///     y[I[i]] = x[i], the output flattened
///
/// - (C1) The size per axis is stride·(in − 1) + kernel − pads, or that of `output_shape`.
/// - (C2) Indices count in the flattened tensor and lie inside of it. With `output_shape` they
///   count in the output, or in the tensor of the size above, which then fills its first corner:
///   the text says neither.
/// - (C3) An index that comes twice holds either of its elements.
/// - (C4) The indices have the shape of the data.
/// - Source: onnx/onnx docs/Operators.md, MaxUnpool.
enum MaxUnpoolEvaluator: Evaluator {
  static let name = "MaxUnpool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, indices) = (try call.tensor(0), try call.tensor(1))
    guard x.rank >= 3, indices.shape == x.shape else {
      throw .invalid("MaxUnpool of \(x.shape) with indices of \(indices.shape)")
    }
    let pooled = try size(call, x.shape)
    let targets = try indices.ints()
    guard let declared = try call.optionalTensor(2) else {
      return [try unpooled(call, x, targets, pooled)]
    }
    let shape = try declared.ints()
    guard declared.rank == 1, shape.count == x.rank, shape[..<2] == x.shape[..<2] else {
      throw .invalid("MaxUnpool of \(x.shape) to \(shape)")
    }
    let isLarger = zip(shape, pooled).allSatisfy { $0 >= $1 }
    guard isLarger, shape != pooled, targets.allSatisfy({ $0 < pooled.reduce(1, *) }) else {
      return [try unpooled(call, x, targets, shape)]
    }
    _ = try call.boundedCount(of: shape)
    var outcome = try unpooled(call, x, targets.map { moved($0, from: pooled, to: shape) }, shape)
    outcome.alternatives = [try unpooled(call, x, targets, shape).value]
    return [outcome]
  }

  /// The same element counted in a tensor of another shape.
  private static func moved(_ position: Int, from source: Shape, to target: Shape) -> Int {
    guard position >= 0 else { return position }
    return zip(source.index(ofLinear: position), target.rowMajorStrides).reduce(0) {
      $0 + $1.0 * $1.1
    }
  }

  private static func unpooled(
    _ call: Call, _ x: ExactTensor, _ targets: [Int], _ shape: Shape
  ) throws(EvaluationError) -> Outcome {
    let count = try call.boundedCount(of: shape)
    for target in targets where target < 0 || target >= count {
      throw .invalid("MaxUnpool: index \(target) lies outside \(count) elements")
    }
    let zeros = try ExactTensor.zero(of: x.type).moved(to: shape) { _ in [] }
    return try Scattering(data: zeros, updates: x, targets: targets).outcome("none")
  }

  /// The size of the tensor that MaxPool would have read.
  private static func size(_ call: Call, _ shape: Shape) throws(EvaluationError) -> Shape {
    let axes = shape.count - 2
    guard let kernel = try call.ints("kernel_shape") else {
      throw .invalid("MaxUnpool lacks its attribute \"kernel_shape\"")
    }
    let strides = try call.ints("strides") ?? [Int](repeating: 1, count: axes)
    let pads = try call.ints("pads") ?? [Int](repeating: 0, count: 2 * axes)
    guard kernel.count == axes, strides.count == axes, pads.count == 2 * axes,
      (kernel + strides).allSatisfy({ $0 > 0 }), pads.allSatisfy({ $0 >= 0 })
    else { throw .invalid("MaxUnpool: attributes that are not for \(axes) axes") }
    let largest = 1 << 30
    guard (kernel + strides + pads + shape).allSatisfy({ $0 <= largest }) else {
      throw .unsupported("MaxUnpool of windows larger than 2^30")
    }
    let spatial = (0..<axes).map { axis in
      strides[axis] * (shape[axis + 2] - 1) + kernel[axis] - pads[axis] - pads[axis + axes]
    }
    guard spatial.allSatisfy({ $0 >= 0 }) else { throw .invalid("MaxUnpool to \(spatial)") }
    return shape[..<2] + spatial
  }
}
