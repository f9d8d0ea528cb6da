import ExtendedArithmetic
import Tensors

/// Codes shifted and scaled back to real values.
///
///     y = (x − zero_point) · scale
///
/// - (C1) Scale and zero point are scalars, rows along `axis` (from version 13 on), or blocks of
///   `block_size` along it (from version 21 on).
/// - (C2) The difference is exact; one product follows. Its operands may first be rounded to the
///   type of the output, which "determines the precision of the multiplication" (version 23).
/// - (C3) The type is the scale's, or `output_dtype`'s (from version 23 on).
/// - Source: onnx/onnx docs/Operators.md, DequantizeLinear.
enum DequantizeLinearEvaluator: Evaluator {
  static let name = "DequantizeLinear"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, scale) = (try call.tensor(0), try call.tensor(1))
    let offset = try call.optionalTensor(2)
    let named = try call.int("output_dtype", default: 0)
    let type = named == 0 ? scale.type : try Conversion.target(number: named)
    let layout = try QuantisationLayout(call, data: x.shape, scale: scale.shape)
    let codes = try x.integersOrReals()
    let (scales, offsets) = (try scale.reals(), try offset?.integersOrReals())
    var (values, narrow): ([DoubleDouble], [DoubleDouble]) = ([], [])
    for position in codes.indices {
      let parameter = layout.parameter(of: position)
      let difference = codes[position] - (offsets?[parameter] ?? .zero)
      values.append(difference * scales[parameter])
      narrow.append(held(difference, as: type) * held(scales[parameter], as: type))
    }
    var outcome = Outcome.rounded(ExactTensor(type, x.shape, reals: values))
    if zip(values, narrow).contains(where: { $0 != $1 && !$0.isNaN }) {
      outcome.alternatives = [.tensor(ExactTensor(type, x.shape, reals: narrow))]
    }
    return [outcome]
  }

  /// An operand as the type holds it; what exceeds the type stays as it is.
  private static func held(_ x: DoubleDouble, as type: ElementType) -> DoubleDouble {
    guard let format = type.floatFormat else { return x }
    let rounded = format.round(high: x.high, low: x.low)
    return rounded.isFinite ? DoubleDouble(rounded) : x
  }
}
