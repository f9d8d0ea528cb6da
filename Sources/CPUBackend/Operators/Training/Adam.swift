import Glibc
import Tensors

/// Adam: each element moves against the average of its gradients, divided by the root of the average
/// of their squares; averages that are young are corrected through the rate.
enum AdamKernel: OperatorKernel {
  static let name = "Adam"
  static let domain = "ai.onnx.preview.training"
  static let versions = [1]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    GradientUpdate.outputTypes(declaration, states: 2)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let update = try GradientUpdate(call, states: 2)
    let penalty = Double(try call.float("norm_coefficient", default: 0))
    let kept = 1 - Double(try call.float("norm_coefficient_post", default: 0))
    let alpha = Double(try call.float("alpha", default: 0.9))
    let beta = Double(try call.float("beta", default: 0.999))
    let epsilon = Double(try call.float("epsilon", default: 1e-6))
    var rate = update.rate
    if update.count > 0 {
      let count = Double(update.count)
      rate *= (1 - pow(beta, count)).squareRoot() / (1 - pow(alpha, count))
    }
    return try update.outputs { values in
      let gradient = penalty == 0 ? values[1] : penalty * values[0] + values[1]
      let average = alpha * values[2] + (1 - alpha) * gradient
      let squares = beta * values[3] + (1 - beta) * gradient * gradient
      let moved = values[0] - rate * average / (squares.squareRoot() + epsilon)
      return [kept * moved, average, squares]
    }
  }
}
