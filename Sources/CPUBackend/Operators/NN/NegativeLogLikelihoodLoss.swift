import Tensors

/// The (weighted) negative log likelihood of the labelled classes, reduced in binary64.
enum NegativeLogLikelihoodLossKernel: OperatorKernel {
  static let name = "NegativeLogLikelihoodLoss"
  static let versions = [12, 13, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let loss = try LabelledLoss(call, of: x.shape)
    return [.tensor(try loss.tensor(try x.reals(Double.self), x.type))]
  }
}
