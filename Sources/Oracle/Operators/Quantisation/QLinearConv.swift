import ExtendedArithmetic
import NumericFormats

/// The convolution of quantised operands, requantised.
///
///     y = saturate(round((Σ (x − zx)·(w − zw) + B) · (sx·sw/sy)) + zy)
///
/// - (C1) The scale and zero point of w are scalars or one for each filter, the others are scalars.
/// - (C2) The int32 sum is exact; requantisation in float32 rounds at most three times.
/// - (C3) Positions in the padding contribute nothing.
/// - (C4) The bias is quantised with the scale sx·sw and the zero point 0.
/// - Source: onnx/onnx docs/Operators.md, QLinearConv.
enum QLinearConvEvaluator: Evaluator {
  static let name = "QLinearConv"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let w = try call.tensor(3)
    let convolution = try IntegerConvolution(
      call, try call.tensor(0), w, zeroPoints: (try call.tensor(2), try call.tensor(5)))
    let filters = w.shape[0]
    let (left, right, output) = (
      try call.tensor(1).reals(), try call.tensor(4).reals(), try call.tensor(6).reals()
    )
    let zeroPoint = try call.tensor(7)
    let bias = try call.optionalTensor(8)
    guard left.count == 1, output.count == 1, right.count == 1 || right.count == filters,
      zeroPoint.count == 1, bias.map({ $0.shape == [filters] }) ?? true
    else { throw .invalid("QLinearConv: scales, zero points or bias do not fit") }
    let offset = Double(try zeroPoint.integers()[0])
    let biases = try bias?.integers()
    let target = try QuantisationTarget(zeroPoint.type, saturates: true, version: call.version)
    var codes = QuantisedCodes(target)
    let relative = 3 * FloatFormat.f32.unitRoundoff
    for (position, product) in convolution.sums.enumerated() {
      let filter = convolution.filter(of: position)
      let sum = product + (biases?[filter] ?? 0)
      let scales = [left[0], right[right.count == 1 ? 0 : filter], output[0]]
      let factor = scales[0] * scales[1] / scales[2]
      // Powers of two scale a sum of 24 bits without rounding, in any order: one code is legal.
      let isExact = scales.allSatisfy { $0.high.significand == 1 } && sum.magnitude < 1 << 24
      codes.append(DoubleDouble(sum) * factor, offset: offset, within: isExact ? 0 : relative)
    }
    return [codes.outcome(convolution.shape)]
  }
}
