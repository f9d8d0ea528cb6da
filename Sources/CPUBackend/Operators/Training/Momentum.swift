import Tensors

/// Gradient descent with momentum: each element moves against a decaying sum of its gradients, with
/// Nesterov's form one step ahead of it.
enum MomentumKernel: OperatorKernel {
  static let name = "Momentum"
  static let domain = "ai.onnx.preview.training"
  static let versions = [1]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try isNesterov(declaration.attributes)
  }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    GradientUpdate.outputTypes(declaration, states: 1)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let update = try GradientUpdate(call, states: 1)
    let isNesterov = try isNesterov(call.attributes)
    let penalty = Double(try call.float("norm_coefficient", default: 0))
    let alpha = Double(try call.float("alpha", default: 0))
    // The first gradient starts the sum, whatever its weight is later.
    let beta = update.count > 0 ? Double(try call.float("beta", default: 1)) : 1
    return try update.outputs { values in
      let gradient = penalty == 0 ? values[1] : penalty * values[0] + values[1]
      let momentum = alpha * values[2] + beta * gradient
      let direction = isNesterov ? gradient + alpha * momentum : momentum
      return [values[0] - update.rate * direction, momentum]
    }
  }

  private static func isNesterov(_ attributes: Attributes) throws(KernelError) -> Bool {
    try attributes.choice("mode", of: ["standard", "nesterov"], default: "") == "nesterov"
  }
}
