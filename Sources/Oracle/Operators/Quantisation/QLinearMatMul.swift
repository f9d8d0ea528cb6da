import ExtendedArithmetic
import NumericFormats
import Tensors

/// The matrix product of quantised operands, requantised.
///
///     y = saturate(round((A − za)·(B − zb) · (sa·sb/sy)) + zy)
///
/// - (C1) Scales and zero points are scalars, or one per row of A and one per column of B.
/// - (C2) The int32 sum is exact; requantisation in float32 rounds at most three times.
/// - Source: onnx/onnx docs/Operators.md, QLinearMatMul.
enum QLinearMatMulEvaluator: Evaluator {
  static let name = "QLinearMatMul"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (a, b) = (try call.tensor(0), try call.tensor(3))
    let zeroPoint = try call.tensor(7)
    let product = try MatrixProduct(
      try a.widened().shifted(by: try call.tensor(2), perRow: true),
      try b.widened().shifted(by: try call.tensor(5), perRow: false))
    guard let sums = try product.outcomes().first, case .tensor(let tensor) = sums.value else {
      throw .invalid("QLinearMatMul without a product")
    }
    let left = try Scale(call.tensor(1), to: tensor.shape, perRow: true)
    let right = try Scale(call.tensor(4), to: tensor.shape, perRow: false)
    guard let output = try call.tensor(6).reals().first,
      let offset = try zeroPoint.integersOrReals().first
    else { throw .invalid("QLinearMatMul without a scale or zero point for its result") }
    let target = try QuantisationTarget(zeroPoint.type, saturates: true, version: call.version)
    var codes = QuantisedCodes(target)
    let relative = 3 * FloatFormat.f32.unitRoundoff
    for (position, sum) in try tensor.integers().enumerated() {
      let scales = [left.values[position], right.values[position], output]
      let factor = scales[0] * scales[1] / scales[2]
      // Powers of two scale a sum of 24 bits without rounding, in any order: one code is legal.
      let isExact = scales.allSatisfy { $0.high.significand == 1 } && sum.magnitude < 1 << 24
      codes.append(
        DoubleDouble(sum) * factor, offset: offset.high, within: isExact ? 0 : relative)
    }
    return [codes.outcome(tensor.shape)]
  }

  /// A scale spread over the product's shape.
  private struct Scale {
    let values: [DoubleDouble]

    init(_ scale: ExactTensor, to shape: Shape, perRow: Bool) throws(EvaluationError) {
      var own = scale.shape
      if own.elementCount == 1 { own = [] } else if perRow, own.count == 1 { own += [1] }
      values = try scale.reshaped(own).broadcast(to: shape).reals()
    }
  }
}
