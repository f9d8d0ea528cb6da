import Tensors

/// The data enlarged, the predecessor of Resize, withdrawn in version 10.
///
///     dimension of y = ⌊dimension of x · scale⌋
///
/// - (C1) There is one scale, at least 1, for each axis.
/// - (C2) `mode` is nearest or linear. The text maps no coordinates; these are Resize-10's, and
///   cases ask for no more than whole scales of nearest, which leave no choice.
/// - Source: onnx/onnx docs/Changelog.md, Upsample-9.
enum UpsampleEvaluator: Evaluator {
  static let name = "Upsample"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    guard call.version == 9 else { throw .invalid("Upsample is withdrawn since version 10") }
    let mode = try call.string("mode", default: "nearest")
    guard mode == "nearest" || mode == "linear" else { throw .invalid("Upsample mode \(mode)") }
    let (x, scales) = (try call.tensor(0), try call.tensor(1))
    guard scales.shape == [x.rank], try scales.reals().allSatisfy({ $0 >= .one }) else {
      throw .invalid("scales of Upsample that do not fit \(x.shape)")
    }
    return x.rank == 0 ? [.exact(x)] : try ResizeEvaluator.evaluate(call)
  }
}
