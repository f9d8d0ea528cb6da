import ExtendedArithmetic
import Spec

/// The Gaussian error linear unit.
///
///     approximate = none:  y = x/2 · (1 + erf(x/√2))
///     approximate = tanh:  y = x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³)))
///
/// - (C1) The output has the shape and type of the input.
/// - At −Inf the formula gives −Inf·0 = NaN, its limit is −0: left open.
/// - Budget: 8 ulp plus 8·u_c·|x|: the addition 1 + erf cancels in the negative tail (numerics §6.3).
/// - Source: onnx/onnx docs/Operators.md, Gelu.
enum GeluEvaluator: Evaluator {
  static let name = "Gelu"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let approximate = try call.string("approximate", default: "none")
    guard approximate == "none" || approximate == "tanh" else {
      throw .invalid("Gelu knows no approximation \"\(approximate)\"")
    }
    let y = try x.mapReals { approximate == "none" ? DoubleDouble.gelu($0) : byTanh($0) }
    let absolute = try x.reals().map { value in
      // An infinite budget would accept anything; near the largest values the ulps alone matter.
      let budget = value.isFinite ? AccumulatedTensor.roundedUp(8 * value.high.magnitude) : 0
      return budget.isFinite ? budget : 0
    }
    var outcome = Outcome.elementwise(y, ulps: 8, absolute: absolute)
    outcome.undefined = OpenElements.mask(try x.reals().map { $0.high == -.infinity })
    return [outcome]
  }

  /// √(2/π) = √(½ / atan 1) to double-double accuracy.
  private static let scale = DoubleDouble.sqrt(
    DoubleDouble(0.5) / DoubleDouble.atan(.one))
  /// 0.044715, the decimal number of the formula.
  private static let cubic = DoubleDouble(44715.0) / DoubleDouble(1_000_000.0)

  private static func byTanh(_ x: DoubleDouble) -> DoubleDouble {
    guard x.isFinite else { return DoubleDouble.gelu(x) }
    let inner = scale * (x + cubic * x * x * x)
    // 1 + tanh(a) = 2·sigmoid(2a), without the cancellation of the negative tail.
    return x * DoubleDouble.sigmoid(inner + inner)
  }
}
