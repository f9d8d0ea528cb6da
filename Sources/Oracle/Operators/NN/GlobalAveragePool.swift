import ExtendedArithmetic

/// The mean of each plane.
///
///     y[n, c] = (Σ x[n, c, …]) / (D1·D2·…)
///
/// - (C1) The spatial axes are kept as 1.
/// - (C2) The mean of an empty plane is left open.
/// - Source: onnx/onnx docs/Operators.md, GlobalAveragePool.
enum GlobalAveragePoolEvaluator: Evaluator {
  static let name = "GlobalAveragePool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let planes = try Planes(call, x)
    let values = try x.reals()
    var output = AccumulatedTensor(hasProducts: false)
    for plane in 0..<planes.count {
      let sum = ExactSum(planes.positions(plane).map { values[$0] })
      output.append(sum, height: max(0, planes.area - 1), dividedBy: max(1, planes.area))
    }
    var outcome = output.outcome(x.type, planes.reduced)
    outcome.undefined = OpenElements.mask((0..<planes.count).map { _ in planes.area == 0 })
    return [outcome]
  }
}
