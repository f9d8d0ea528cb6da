import Glibc

/// An activation function of the recurrent operators with its parameters.
package struct RecurrentActivation: Hashable, Sendable {
  private enum Function: String, CaseIterable {
    case relu, tanh, sigmoid, affine, leakyrelu, thresholdedrelu, scaledtanh, hardsigmoid, elu
    case softsign, softplus

    /// Defaults of the parameters; nil where the function has none.
    var defaults: (alpha: Double?, beta: Double?) {
      switch self {
      case .relu, .tanh, .sigmoid, .softsign, .softplus: (nil, nil)
      case .affine: (1, 0)
      case .leakyrelu: (Double(Float(0.01)), nil)
      case .thresholdedrelu, .elu: (1, nil)
      case .scaledtanh: (1, 1)
      case .hardsigmoid: (Double(Float(0.2)), 0.5)
      }
    }
  }

  private let function: Function
  private let alpha: Double
  private let beta: Double

  /// Reads `activations`, `activation_alpha` and `activation_beta`.
  ///
  /// Parameters are taken in order by the functions that have them, or by position when there is
  /// one for every function.
  /// - Parameter defaults: The functions when the node states none.
  /// - Throws: `invalidModel` for an unknown name or a wrong number of functions.
  package static func list(
    _ attributes: Attributes, defaults: [String]
  ) throws(KernelError) -> [RecurrentActivation] {
    let names = try attributes.strings("activations") ?? defaults
    guard names.count == defaults.count else {
      throw .invalidModel("\(names.count) activations, \(defaults.count) are needed")
    }
    let alphas = try attributes.floats("activation_alpha") ?? []
    let betas = try attributes.floats("activation_beta") ?? []
    var (alphaCount, betaCount) = (0, 0)
    var result: [RecurrentActivation] = []
    for (position, name) in names.enumerated() {
      guard let function = Function(rawValue: name.lowercased()) else {
        throw .invalidModel("there is no activation \"\(name)\"")
      }
      let known = function.defaults
      result.append(
        RecurrentActivation(
          function: function,
          alpha: parameter(known.alpha, alphas, position, names.count, &alphaCount),
          beta: parameter(known.beta, betas, position, names.count, &betaCount)))
    }
    return result
  }

  private static func parameter(
    _ fallback: Double?, _ list: [Float], _ position: Int, _ count: Int, _ taken: inout Int
  ) -> Double {
    guard let fallback else { return 0 }
    let index = list.count == count ? position : taken
    taken += 1
    return index < list.count ? Double(list[index]) : fallback
  }

  /// The value of the function; NaN stays NaN.
  package func callAsFunction(_ x: Double) -> Double {
    switch function {
    case .relu: x < 0 ? 0 : x
    case .tanh: tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    case .affine: alpha * x + beta
    case .leakyrelu: x < 0 ? alpha * x : x
    case .thresholdedrelu: x >= alpha ? x : 0
    case .scaledtanh: alpha * tanh(beta * x)
    case .hardsigmoid: hardSigmoid(x)
    case .elu: x < 0 ? alpha * expm1(x) : x
    case .softsign: x / (1 + abs(x))
    // log(1 + eˣ) without the overflow of eˣ.
    case .softplus: (x < 0 ? 0 : x) + log1p(exp(-abs(x)))
    }
  }

  private func hardSigmoid(_ x: Double) -> Double {
    let line = alpha * x + beta
    return line.isNaN ? line : min(max(line, 0), 1)
  }
}
