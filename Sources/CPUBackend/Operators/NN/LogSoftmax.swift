import Tensors

/// The logarithm of Softmax along an axis.
///
///     y[i] = x[i] - m - log(Σ_j exp(x[j] - m)),   m = max_j x[j]
///
/// Finite also where the softmax itself underflows to zero.
enum LogSoftmaxKernel: OperatorKernel {
  static let name = "LogSoftmax"
  static let versions = [1, 11, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let lanes = try SoftmaxKernel.axisLanes(call, x.shape)
    return [
      .tensor(
        x.type == .f64
          ? try lanes.mapReals(x, as: Double.self, normalise)
          : try lanes.mapReals(x, as: Float.self, normalise))
    ]
  }

  private static func normalise<Number: Real>(
    _ x: UnsafeBufferPointer<Number>, _ y: UnsafeMutableBufferPointer<Number>
  ) {
    let greatest = LaneTree.maximum(x).double
    let sum = LaneTree.sum(x) { Double.exp($0 - greatest) }
    let shift = Double.log(sum)
    // In binary64, because x - m and the logarithm may cancel.
    for index in x.indices { y[index] = Number((x[index].double - greatest) - shift) }
  }
}
