package import ExtendedArithmetic

/// The one-argument elementary functions of the standard's formulas.
package enum Primitive: String, CaseIterable, Sendable {
  case exp, log, sin, cos, tanh, sigmoid, erf, erfc, gelu, squareRoot, reciprocal, softplus

  /// The exact value, to the accuracy of `ExtendedArithmetic` (2^-85 relative or better).
  package func callAsFunction(_ x: DoubleDouble) -> DoubleDouble {
    switch self {
    case .exp: DoubleDouble.exp(x)
    case .log: DoubleDouble.log(x)
    case .sin: DoubleDouble.sin(x)
    case .cos: DoubleDouble.cos(x)
    case .tanh: DoubleDouble.tanh(x)
    case .sigmoid: DoubleDouble.sigmoid(x)
    case .erf: DoubleDouble.erf(x)
    case .erfc: DoubleDouble.erfc(x)
    case .gelu: DoubleDouble.gelu(x)
    case .squareRoot: DoubleDouble.sqrt(x)
    case .reciprocal: DoubleDouble(1.0) / x
    case .softplus: DoubleDouble.softplus(x)
    }
  }
}
