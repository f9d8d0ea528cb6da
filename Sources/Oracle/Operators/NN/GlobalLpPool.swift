import ExtendedArithmetic

/// The Lp norm of each plane.
///
///     y[n, c] = (Σ |x[n, c, …]|^p)^(1/p)
///
/// - (C1) The spatial axes are kept as 1.
/// - (C2) p is an integer, 2 without the attribute.
/// - (C3) The norm of an empty plane is left open.
/// - Source: onnx/onnx docs/Operators.md, GlobalLpPool.
enum GlobalLpPoolEvaluator: Evaluator {
  static let name = "GlobalLpPool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let planes = try Planes(call, x)
    let values = try x.reals()
    let norm = try LpNorm(call, x.type)
    let norms = (0..<planes.count).map { plane in norm(planes.positions(plane).map { values[$0] }) }
    var outcome = Outcome.composite(ExactTensor(x.type, planes.reduced, reals: norms))
    outcome.undefined = OpenElements.mask(norms.map { _ in planes.area == 0 })
    return [outcome]
  }
}
