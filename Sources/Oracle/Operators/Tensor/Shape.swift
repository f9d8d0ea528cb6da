import Tensors

/// The dimensions of the tensor, or those of a range of its axes.
///
/// - (C1) From version 15 on, `start` and `end` (exclusive) select axes.
/// - (C2) Negative ones count from the end; both are clamped to [0, rank].
/// - Source: onnx/onnx docs/Operators.md, Shape.
enum ShapeEvaluator: Evaluator {
  static let name = "Shape"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let shape = try call.tensor(0).shape
    guard call.version >= 15 || call.node.attributes.isEmpty else {
      throw .invalid("Shape-\(call.version) has no attributes")
    }
    func clamped(_ axis: Int) -> Int {
      Swift.min(Swift.max(axis < 0 ? axis + shape.count : axis, 0), shape.count)
    }
    let start = clamped(try call.int("start", default: 0))
    let end = clamped(try call.int("end", default: shape.count))
    let chosen = start < end ? Array(shape[start..<end]) : []
    return [.exact(ExactTensor(.i64, [chosen.count], integers: chosen.map { Int128($0) }))]
  }
}
