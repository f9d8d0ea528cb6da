import Tensors

/// The Swish function of a gate times a linear input of the same shape:
/// a · sigmoid(alpha · a) · b.
enum SwiGLUKernel: OperatorKernel {
  static let name = "SwiGLU"
  static let versions = [28]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (gate, linear) = (try call.tensor(0), try call.tensor(1))
    guard gate.shape == linear.shape, gate.type == linear.type else {
      throw .invalidInput("gate and linear input differ in shape or type")
    }
    let swish = try SwishKernel(call.attributes)
    let products = zip(try gate.reals(Double.self), try linear.reals(Double.self)).map {
      swish.apply($0) * $1
    }
    return [.tensor(try .rounding(products, to: gate.type, gate.shape))]
  }
}
