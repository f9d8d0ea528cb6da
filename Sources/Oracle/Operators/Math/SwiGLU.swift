import ExtendedArithmetic
import Tensors

/// The Swish function of a gate times a linear input.
///
///     y[i] = a[i] · sigmoid(alpha · a[i]) · b[i]
///
/// - (C1) The output has the shape and type of both inputs, whose shapes are equal: "broadcasting
///   is not applied".
/// - (C2) `alpha` is a float32, or that cast to the type of the inputs, as in Swish's body.
/// - Where an infinite gate meets a sigmoid of 0, the formula gives NaN: left open.
/// - Budget: 8 ulp, Swish 6 and a product, plus the absolute term of Swish and, where a · sigmoid
///   is itself subnormal, half of the smallest subnormal, both times |b|.
/// - Source: onnx/onnx docs/Operators.md, SwiGLU.
enum SwiGLUEvaluator: Evaluator {
  static let name = "SwiGLU"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let linear = try call.tensor(1)
    let gate = try call.tensor(0)
    guard gate.shape == linear.shape, gate.type == linear.type else {
      throw .invalid("SwiGLU of tensors of two shapes or types")
    }
    let factors = try linear.reals()
    return try call.activation(["alpha": 1]) { (gate, values) throws(EvaluationError) in
      let swish = SwishFunction(alpha: values[0])
      let gates = try gate.reals()
      let y = zip(gates, factors).map { swish($0) * $1 }
      let underflow = gate.type == .f64 ? 0 : AbsoluteBudget.underflow
      let terms = zip(gates, factors).map {
        (swish.absolute($0, type: gate.type) + underflow) * $1.high.magnitude
      }
      var outcome = Outcome.elementwise(
        ExactTensor(gate.type, gate.shape, reals: y), ulps: 8,
        absolute: AbsoluteBudget.column(terms))
      outcome.undefined = OpenElements.mask(gates.map { swish.isOpen($0) })
      return outcome
    }
  }
}
