import Tensors

/// AdaGrad: each element moves against its gradient, slower the larger its past gradients were.
enum AdagradKernel: OperatorKernel {
  static let name = "Adagrad"
  static let domain = "ai.onnx.preview.training"
  static let versions = [1]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    GradientUpdate.outputTypes(declaration, states: 1)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let update = try GradientUpdate(call, states: 1)
    let penalty = Double(try call.float("norm_coefficient", default: 0))
    let decay = Double(try call.float("decay_factor", default: 0))
    let epsilon = Double(try call.float("epsilon", default: 1e-6))
    let rate = update.rate / (1 + Double(update.count) * decay)
    return try update.outputs { values in
      let gradient = penalty == 0 ? values[1] : penalty * values[0] + values[1]
      let squares = values[2] + gradient * gradient
      return [values[0] - rate * gradient / (squares.squareRoot() + epsilon), squares]
    }
  }
}
