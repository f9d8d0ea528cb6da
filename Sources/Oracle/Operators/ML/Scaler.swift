import ExtendedArithmetic
import Tensors

/// Features moved and stretched.
///
///     Y[n, f] = (X[n, f] − offset[f]) · scale[f]
///
/// - (C1) The output is float32 with the shape of the input.
/// - (C2) The offset is subtracted first, then the scale multiplies.
/// - (C3) Both lists have one length, which is 1 or that of the last axis of [N, F].
/// - Not evaluated: a list that is not stated; one element for each feature of other ranks than 2.
/// - Budget: 1 ulp for the difference; a feature that is no float32 may be cast to it first, which
///   the difference does not make smaller, so that |X · scale| counts.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.Scaler.
enum ScalerEvaluator: Evaluator {
  static let name = "Scaler"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard let offset = try call.floats("offset"), let scale = try call.floats("scale") else {
      throw .unsupported("Scaler without offset or scale")
    }
    guard offset.count == scale.count, offset.count == 1 || offset.count == x.shape.last
    else {
      throw .invalid("Scaler of \(offset.count) offsets and \(scale.count) scales for \(x.shape)")
    }
    guard offset.count == 1 || x.rank == 2 else {
      throw .unsupported("Scaler by feature of rank \(x.rank)")
    }
    let values = x.isIntegral ? try x.integers().map { DoubleDouble($0) } : try x.reals()
    var terms: [Double] = []
    var results: [DoubleDouble] = []
    for (position, value) in values.enumerated() {
      let feature = position % offset.count
      let factor = DoubleDouble(scale[feature])
      results.append((value - DoubleDouble(offset[feature])) * factor)
      let isSingle = !value.isFinite || value.low == 0 && Double(Float(value.high)) == value.high
      terms.append(isSingle ? 0 : (value * factor).high.magnitude)
    }
    let absolute = terms.contains { $0 != 0 } ? AbsoluteBudget.column(terms) : []
    return [
      .elementwise(ExactTensor(.f32, x.shape, reals: results), ulps: 1, absolute: absolute)
    ]
  }
}
