import Tensors

/// The exponential of each element divided by the sum of exponentials along an axis.
///
///     y[i] = exp(x[i] - m) / Σ_j exp(x[j] - m),   m = max_j x[j]
///
/// Versions before 13 take the axes from `axis` on together. A row with NaN or +Inf, or of nothing
/// but -Inf, is NaN throughout.
enum SoftmaxKernel: OperatorKernel {
  static let name = "Softmax"
  static let versions = [1, 11, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let lanes = try axisLanes(call, x.shape)
    return [
      .tensor(
        x.type == .f64
          ? try lanes.mapReals(x, as: Double.self, normalise)
          : try lanes.mapReals(x, as: Float.self, normalise))
    ]
  }

  /// The rows over which Softmax, LogSoftmax and Hardmax of this version work.
  static func axisLanes(_ call: Call, _ shape: Shape) throws(KernelError) -> Lanes {
    let rank = shape.count
    guard call.version < 13 else {
      let axis = try call.int("axis", default: -1)
      // A scalar is its own row.
      if rank == 0, axis == -1 || axis == 0 { return Lanes(shape, axes: []) }
      return Lanes(shape, axes: [try Axes.normalised(axis, rank: rank)])
    }
    var axis = try call.int("axis", default: 1)
    // Version 1 states no range: its wording allows an empty tail, and models of its time count
    // from the end.
    if axis < 0 { axis += rank }
    guard axis >= 0, axis < rank || (axis == rank && call.version < 11) || rank == 0 else {
      throw .invalidInput("axis \(axis) is outside of rank \(rank)")
    }
    return Lanes(shape, axes: Array(axis..<rank))
  }

  private static func normalise<Number: Real>(
    _ x: UnsafeBufferPointer<Number>, _ y: UnsafeMutableBufferPointer<Number>
  ) {
    let greatest = LaneTree.maximum(x)
    for index in x.indices { y[index] = Number.exp(x[index] - greatest) }
    let sum = Number(LaneTree.sum(UnsafeBufferPointer(y)))
    for index in y.indices { y[index] /= sum }
  }
}
