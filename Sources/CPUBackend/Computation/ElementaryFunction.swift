package import Tensors

/// A function of one floating-point number, as the operators Exp, Erf, Sin … apply it.
///
/// One formula in binary64 serves every type: results of types up to 32 bits are rounded once from
/// a value that is accurate far beyond them.
package protocol ElementaryFunction {
  static func apply(_ x: Double) -> Double
}

extension ElementaryFunction {
  /// The function of each element of a floating-point tensor.
  package static func tensor(_ x: Tensor) throws(KernelError) -> Tensor {
    switch x.type {
    case .f32:
      return try Tensor.filling(.f32, x.shape, as: Float.self) { target in
        x.withElements(Float.self) { source in
          for index in source.indices { target[index] = Float(apply(Double(source[index]))) }
        }
      }
    case .f64:
      return try Tensor.filling(.f64, x.shape, as: Double.self) { target in
        x.withElements(Double.self) { source in
          for index in source.indices { target[index] = apply(source[index]) }
        }
      }
    default:
      return try .rounding(try x.reals(Double.self).map { apply($0) }, to: x.type, x.shape)
    }
  }
}

extension OperatorKernel where Self: ElementaryFunction {
  /// Applies the function to the first input.
  package static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try tensor(try call.tensor(0)))]
  }
}
