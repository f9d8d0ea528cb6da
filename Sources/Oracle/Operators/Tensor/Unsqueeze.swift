import Tensors

/// The tensor with axes of one element inserted.
///
/// - (C1) Axes are those of the output, in any order; an input from version 13 on, before an
///   attribute.
/// - (C2) They lie in [−r, r) for the rank r of the output and do not repeat.
/// - Source: onnx/onnx docs/Operators.md, Unsqueeze.
enum UnsqueezeEvaluator: Evaluator {
  static let name = "Unsqueeze"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let data = try call.tensor(0)
    guard let named = try call.version >= 13 ? call.tensor(1).ints() : call.ints("axes") else {
      throw .invalid("Unsqueeze lacks its axes")
    }
    let rank = data.rank + named.count
    let inserted = try call.axes(named, rank: rank)
    var rest = data.shape[...]
    let shape = (0..<rank).map { inserted.contains($0) ? 1 : rest.removeFirst() }
    return [.exact(try data.reshaped(shape))]
  }
}
