import ExtendedArithmetic
import Tensors

/// Each element, multiplied by its slope where it is negative.
///
///     y[i] = x[i]                where x[i] ≥ 0
///     y[i] = slope[i] · x[i]     where x[i] < 0
///
/// - (C1) The output has the shape and type of x.
/// - (C2) The slope is broadcast to x, never x to the slope.
/// - (C3) One product, rounded correctly, on integers wrapping around; selection and product keep
///   the sign of a zero.
/// - Source: onnx/onnx docs/Operators.md, PRelu.
enum PReluEvaluator: Evaluator {
  static let name = "PRelu"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, slope, shape) = try call.operands()
    guard shape == (try call.tensor(0).shape) else {
      throw .invalid("PRelu with a slope that does not broadcast to x")
    }
    if x.isIntegral {
      let results = zip(try x.integers(), try slope.integers()).map { $0 < 0 ? $0 &* $1 : $0 }
      return [.exact(try ExactTensor(x.type, shape, integers: results).wrapped())]
    }
    let results = zip(try x.reals(), try slope.reals()).map {
      $0 < .zero ? Binary64.product($0, $1) : $0
    }
    return [.rounded(ExactTensor(x.type, shape, reals: results), signedZero: true)]
  }
}
