package import Tensors

/// A function of one floating-point number with parameters from the node's attributes, as the
/// operators Elu, Selu, HardSigmoid … apply it.
///
/// As for `ElementaryFunction`, one formula in binary64 serves every type, rounded once.
package protocol ParametricFunction: Sendable {
  /// Reads the parameters.
  ///
  /// - Throws: `invalidModel` for attributes the function is not defined for.
  init(_ attributes: Attributes) throws(KernelError)

  func apply(_ x: Double) -> Double
}

extension ParametricFunction {
  /// The function of each element of a floating-point tensor.
  package func tensor(_ x: Tensor) throws(KernelError) -> Tensor {
    try .rounding(try x.reals(Double.self).map { apply($0) }, to: x.type, x.shape)
  }
}

extension OperatorKernel where Self: ParametricFunction {
  package static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try Self(declaration.attributes)
  }

  /// Applies the function to the first input.
  package static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try Self(call.attributes).tensor(try call.tensor(0)))]
  }
}
