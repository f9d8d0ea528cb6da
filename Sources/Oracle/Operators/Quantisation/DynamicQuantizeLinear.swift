import ExtendedArithmetic
import NumericFormats
import Tensors

/// Quantisation to uint8 with a scale taken from the data.
///
///     y_scale = (max(0, max x) − min(0, min x)) / 255
///     y_zero_point = saturate(round(0 − min(0, min x) / y_scale))
///     y = saturate(round(x / y_scale) + y_zero_point)
///
/// - (C1) The range always includes 0.
/// - (C2) The intermediate values are float32 edges of the function body: the difference and the
///   scale are rounded before they are used.
/// - (C3) All zeros give a scale of 0 or any positive one (register A24): left open.
/// - Source: onnx/onnx docs/Operators.md, DynamicQuantizeLinear.
enum DynamicQuantizeLinearEvaluator: Evaluator {
  static let name = "DynamicQuantizeLinear"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let values = try x.reals()
    let largest = (values + [.zero]).maximum.high
    let smallest = (values + [.zero]).minimum.high
    let range = FloatFormat.f32.round(largest - smallest)
    let quotient = DoubleDouble(range) / DoubleDouble(255.0)
    let scale = FloatFormat.f32.round(high: quotient.high, low: quotient.low)
    let target = try QuantisationTarget(.u8, saturates: true, version: call.version)
    var (zeroPoint, codes) = (QuantisedCodes(target), QuantisedCodes(target))
    let divisor = DoubleDouble(scale)
    let shift = DoubleDouble.zero - DoubleDouble(smallest) / divisor
    zeroPoint.append(shift, offset: 0)
    let offset = target.code(of: shift, offset: 0)
    for value in values { codes.append(value / divisor, offset: offset) }
    var outcomes = [
      codes.outcome(x.shape),
      Outcome.rounded(ExactTensor(.f32, [], reals: [quotient])),
      zeroPoint.outcome([]),
    ]
    if range == 0 {
      outcomes[0].undefined = [Bool](repeating: true, count: values.count)
      (outcomes[1].undefined, outcomes[2].undefined) = ([true], [true])
    }
    return outcomes
  }
}
