import ExtendedArithmetic
import Tensors

/// The data resampled to another size, axis by axis.
///
///     y[o…] = Σ_{taps} x[taps…] · Π_axis weight(tap)
///
/// - (C1) The output size is ⌊input · (roi range) · scale⌋, or `sizes`.
/// - (C2) `coordinate_transformation_mode` maps output to input coordinates, in exact rationals.
/// - (C3) nearest picks one element by `nearest_mode`; linear and cubic weigh neighbours, with
///   `antialias` over a widened support; `exclude_outside` drops taps outside and renormalises.
/// - (C4) tf_crop_and_resize gives `extrapolation_value` outside of the input.
/// - Source: onnx/onnx docs/Operators.md, Resize.
enum ResizeEvaluator: Evaluator {
  static let name = "Resize"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let plan = try ResizePlan(call, x.shape)
    guard let total = plan.shape.elementCount else { throw .invalid("Resize to \(plan.shape)") }
    let taps = try plan.axisTaps(call)
    let strides = x.shape.rowMajorStrides
    if plan.mode == "nearest" { return [try nearest(x, plan, taps, strides)] }
    let values = try x.integersOrReals()
    var results: [DoubleDouble] = []
    let fill = DoubleDouble(try call.float("extrapolation_value", default: 0))
    for linear in 0..<total {
      let index = plan.shape.index(ofLinear: linear)
      if index.indices.contains(where: { taps[$0][index[$0]].isOutside }) {
        results.append(fill)
        continue
      }
      results.append(
        SampledAxis.value(
          of: values, at: 0, index.indices.map { taps[$0][index[$0]].axis }, strides: strides,
          call.trace, stepsWeights: true))
    }
    guard !x.isIntegral else { throw .unsupported("Resize of integers by interpolation") }
    return [.composite(ExactTensor(x.type, plan.shape, reals: results))]
  }

  private static func nearest(
    _ x: ExactTensor, _ plan: ResizePlan, _ taps: [[ResizeTaps]], _ strides: [Int]
  ) throws(EvaluationError) -> Outcome {
    let total = plan.shape.elementCount ?? 0
    var positions: [Int?] = []
    for linear in 0..<total {
      let index = plan.shape.index(ofLinear: linear)
      let chosen = index.indices.map { taps[$0][index[$0]] }
      let isOutside = chosen.contains(where: \.isOutside)
      positions.append(
        isOutside ? nil : zip(chosen, strides).reduce(0) { $0 + $1.0.positions[0] * $1.1 })
    }
    let extra = plan.extrapolation
    let fill =
      x.isIntegral
      ? ExactTensor(x.type, [], integers: [Int128(extra.rounded(.towardZero))])
      : ExactTensor(x.type, [], reals: [DoubleDouble(extra)])
    guard positions.contains(where: { $0 == nil }) else {
      return .exact(try x.gathered(positions.compactMap { $0 }, shape: plan.shape))
    }
    return .exact(try x.gathered(positions, shape: plan.shape, fill: fill))
  }
}
