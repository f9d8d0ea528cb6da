import Glibc
import Tensors

/// The error function of each element: 2/√π · ∫ exp(-t²) dt from 0 to x.
///
/// The standard also lists integers, without saying how the result becomes one; they are not
/// implemented.
enum ErfKernel: OperatorKernel, ElementaryFunction {
  static let name = "Erf"
  static let versions = [9, 13]

  static func supports(_ type: ValueType, for variable: String, version: Int) -> Bool {
    if case .tensor(let element) = type { element.isFloat } else { false }
  }

  static func apply(_ x: Double) -> Double { erf(x) }
}
