import ExtendedArithmetic
import Tensors

/// The Lp norm of a list of numbers, traced.
///
///     ‖x‖ = (Σ |x|^p)^(1/p)
struct LpNorm {
  /// A power may err by 16 units (OpenCL C full profile), which eight deviations of four cover.
  private static let powerUnits = 4.0

  private let p: Int
  private let type: ElementType
  private let trace: Trace

  /// Reads the integer attribute `p`.
  init(_ call: Call, _ type: ElementType) throws(EvaluationError) {
    p = try call.int("p", default: 2)
    guard p >= 1 else { throw .unsupported("\(call.node.operatorName) of p = \(p)") }
    (self.type, trace) = (type, call.trace)
  }

  /// The norm; 0 of nothing.
  func callAsFunction(_ x: [DoubleDouble]) -> DoubleDouble {
    switch p {
    case 1: return trace.sum(x.map(\.magnitude))
    case 2: return trace.primitive(.squareRoot, trace.sumOfSquares(x, readAs: type))
    default:
      let exponent = DoubleDouble(Double(p))
      let sum = trace.sum(x.map { power($0.magnitude, exponent) })
      return power(sum, trace.divide(.one, by: exponent))
    }
  }

  private func power(_ x: DoubleDouble, _ exponent: DoubleDouble) -> DoubleDouble {
    trace.step(DoubleDouble.pow(x, exponent), units: Self.powerUnits)
  }
}
