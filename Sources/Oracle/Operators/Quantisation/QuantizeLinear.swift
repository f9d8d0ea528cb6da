import ExtendedArithmetic
import Spec
import Tensors

/// Real values scaled, rounded to even and shifted to codes.
///
///     y = saturate(round(x / scale) + zero_point)
///
/// - (C1) Scale and zero point are scalars, rows along `axis` (from version 13 on), or blocks of
///   `block_size` along it (from version 21 on).
/// - (C2) The type is the zero point's, `output_dtype`'s (from version 21 on), or uint8.
/// - (C3) Codes saturate; float8 and narrower round to the format, by `saturate`.
/// - The quotient is one in float32 unless `precision` asks for another type; of those, float32 and
///   float64 are evaluated. Quotients of integers are evaluated where they are whole.
/// - (C4) NaN and a scale of 0 are left open (register A24).
/// - Source: onnx/onnx docs/Operators.md, QuantizeLinear.
enum QuantizeLinearEvaluator: Evaluator {
  static let name = "QuantizeLinear"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, scale) = (try call.tensor(0), try call.tensor(1))
    let offset = try call.optionalTensor(2)
    let named = try call.int("output_dtype", default: 0)
    let asked = named == 0 ? ElementType.u8 : try Conversion.target(number: named)
    let type = offset?.type ?? asked
    let precision = try call.int("precision", default: 0)
    let divided = precision == 0 ? .f32 : try Conversion.target(number: precision)
    guard divided == .f32 || divided == .f64 else {
      throw .unsupported("QuantizeLinear with quotients of 16 bits")
    }
    let layout = try QuantisationLayout(call, data: x.shape, scale: scale.shape)
    let target = try QuantisationTarget(
      type, saturates: try call.flag("saturate", default: true), version: call.version)
    let (scales, offsets) = (try scale.integersOrReals(), try offset?.integersOrReals())
    // The text does not say whether a quotient of integers keeps its fraction.
    let isWhole = !scale.type.isFloat && precision == 0
    var codes = QuantisedCodes(target)
    for (position, value) in try x.integersOrReals().enumerated() {
      let parameter = layout.parameter(of: position)
      let remainder = value.high.truncatingRemainder(dividingBy: scales[parameter].high)
      guard !isWhole || remainder == 0 else {
        throw .unsupported("QuantizeLinear with quotients of integers that are not whole")
      }
      codes.append(
        Binary64.quotient(value, scales[parameter]), offset: offsets?[parameter].high ?? 0)
    }
    return [codes.outcome(x.shape)]
  }
}
