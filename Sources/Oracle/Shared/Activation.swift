import ExtendedArithmetic

/// An activation of a recurrent operator with its parameters.
struct Activation {
  private let name: String
  private let alpha: DoubleDouble
  private let beta: DoubleDouble

  /// The activations of all directions: `activations`, or the defaults for each direction.
  static func list(
    _ call: Call, defaults: [String], directions: Int
  ) throws(EvaluationError) -> [Activation] {
    let names =
      call.node.attributes["activations"]?.stringsValue
      ?? (0..<directions).flatMap { _ in defaults }
    guard names.count == defaults.count * directions else {
      throw .invalid("\(names.count) activations for \(directions) directions")
    }
    var alphas = try call.floats("activation_alpha") ?? []
    var betas = try call.floats("activation_beta") ?? []
    var result: [Activation] = []
    for name in names {
      guard let parameters = parameters[name] else {
        throw .invalid("no activation is called \"\(name)\"")
      }
      let alpha = parameters.alpha.map { alphas.isEmpty ? $0 : alphas.removeFirst() }
      let beta = parameters.beta.map { betas.isEmpty ? $0 : betas.removeFirst() }
      result.append(
        Activation(
          name: name, alpha: DoubleDouble(alpha ?? 0), beta: DoubleDouble(beta ?? 0)))
    }
    return result
  }

  /// The activations evaluated here and the defaults of the parameters they take.
  private static let parameters: [String: (alpha: Double?, beta: Double?)] = [
    "Sigmoid": (nil, nil), "Tanh": (nil, nil), "Relu": (nil, nil), "Softplus": (nil, nil),
    "Affine": (1, 0), "LeakyRelu": (Double(Float(0.01)), nil),
    "HardSigmoid": (Double(Float(0.2)), 0.5), "ThresholdedRelu": (1, nil), "Elu": (1, nil),
    "Softsign": (nil, nil), "ScaledTanh": (1, 1),
  ]

  func applied(to x: DoubleDouble, _ trace: Trace) -> DoubleDouble {
    switch name {
    case "Sigmoid": trace.primitive(.sigmoid, x)
    case "Tanh": trace.primitive(.tanh, x)
    case "Softplus": trace.primitive(.softplus, x)
    case "Relu": Swift.max(x, .zero)
    case "LeakyRelu": x < .zero ? trace.multiply(alpha, x) : x
    case "Affine": trace.add(trace.multiply(alpha, x), beta)
    case "ThresholdedRelu": x >= alpha ? x : .zero
    case "Elu":
      x < .zero ? trace.multiply(alpha, trace.subtract(trace.primitive(.exp, x), .one)) : x
    case "Softsign": trace.divide(x, by: trace.add(.one, x.magnitude))
    case "ScaledTanh":
      trace.multiply(alpha, trace.primitive(.tanh, trace.multiply(beta, x)))
    default:
      Swift.max(.zero, Swift.min(.one, trace.add(trace.multiply(alpha, x), beta)))
    }
  }
}
