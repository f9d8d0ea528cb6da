import ExtendedArithmetic
import Tensors

/// Each element moved towards zero, and zero near it.
///
///     y[i] = x[i] + bias     where x[i] < −lambd
///     y[i] = x[i] − bias     where x[i] > lambd
///     y[i] = 0               otherwise
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) ±lambd give zero, and so does NaN, which is beyond neither; the sign of a zero is free.
/// - (C3) One sum, rounded correctly. `bias` and `lambd` are float32 numbers, or those cast to the
///   type of the input, as in the function body.
/// - (C4) Integers are compared with `lambd` and moved exactly. Left open: results beyond the type,
///   and all where `bias` is no integer or `lambd` is negative, since the text does not round and
///   the function body casts both first.
/// - Source: onnx/onnx docs/Operators.md, Shrink.
enum ShrinkEvaluator: Evaluator {
  static let name = "Shrink"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    if try call.tensor(0).isIntegral { return [try integers(call)] }
    return try call.activation(["lambd": 0.5, "bias": 0]) { (x, values) throws(EvaluationError) in
      .rounded(try x.mapReals { shrunk($0, limit: values[0], bias: values[1]) })
    }
  }

  private static func shrunk(
    _ x: DoubleDouble, limit: DoubleDouble, bias: DoubleDouble
  ) -> DoubleDouble {
    if x < -limit { return x + bias }
    return x > limit ? x - bias : .zero
  }

  private static func integers(_ call: Call) throws(EvaluationError) -> Outcome {
    let x = try call.tensor(0)
    let limit = try call.float("lambd", default: 0.5)
    let bias = try call.float("bias", default: 0)
    guard let step = Int128(exactly: bias), limit >= 0 else {
      var outcome = Outcome.exact(x)
      outcome.undefined = try x.integers().map { _ in true }
      return outcome
    }
    let exact = DoubleDouble(limit)
    let moved = try x.integers().map { element in
      let value = DoubleDouble(element)
      if value < -exact { return element + step }
      return value > exact ? element - step : 0
    }
    let result = try ExactTensor(x.type, x.shape, integers: moved).wrapped()
    var outcome = Outcome.exact(result)
    outcome.undefined = OpenElements.mask(zip(moved, try result.integers()).map { $0 != $1 })
    return outcome
  }
}
