import ExtendedArithmetic

/// The maximum of each plane.
///
///     y[n, c] = max x[n, c, …]
///
/// - (C1) The spatial axes are kept as 1.
/// - (C2) A NaN in the plane gives NaN, wherever it stands (register A1).
/// - (C3) The maximum of an empty plane is left open.
/// - Source: onnx/onnx docs/Operators.md, GlobalMaxPool.
enum GlobalMaxPoolEvaluator: Evaluator {
  static let name = "GlobalMaxPool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let planes = try Planes(call, x)
    let values = try x.reals()
    let maxima = (0..<planes.count).map { plane in
      planes.positions(plane).map { values[$0] }.maximum
    }
    var outcome = Outcome.exact(
      ExactTensor(x.type, planes.reduced, reals: maxima), signedZero: false)
    outcome.undefined = OpenElements.mask(maxima.map { _ in planes.area == 0 })
    return [outcome]
  }
}
