import Tensors

/// The (weighted) cross entropy of the labelled classes under the softmax of scores along axis 1.
///
/// The logarithm of the softmax is computed as LogSoftmax does it, in binary64, and is the second
/// output.
enum SoftmaxCrossEntropyLossKernel: OperatorKernel {
  static let name = "SoftmaxCrossEntropyLoss"
  static let versions = [12, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let loss = try LabelledLoss(call, of: x.shape)
    let lanes = Lanes(x.shape, axes: [1])
    let scores = try Tensor.rounding(try x.reals(Double.self), to: .f64, x.shape)
    let logs = try lanes.mapReals(scores, as: Double.self) { source, target in
      let greatest = LaneTree.maximum(source)
      let shift = Double.log(LaneTree.sum(source) { Double.exp($0 - greatest) })
      for index in source.indices { target[index] = (source[index] - greatest) - shift }
    }
    let values = try logs.reals(Double.self)
    return [
      .tensor(try loss.tensor(values, x.type)),
      .tensor(try .rounding(values, to: x.type, x.shape)),
    ]
  }
}
