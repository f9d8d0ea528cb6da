import Tensors

/// The slices along an axis, or the elements, whose condition is true.
///
/// - (C1) With an axis, slices are kept along it; without one, the input counts as flattened.
/// - (C2) The condition has rank 1 and may be shorter than the axis; the rest is dropped.
/// - Source: onnx/onnx docs/Operators.md, Compress.
enum CompressEvaluator: Evaluator {
  static let name = "Compress"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let condition = try call.tensor(1)
    guard condition.rank == 1 else { throw .invalid("a condition of rank \(condition.rank)") }
    let isFlat = call.node.attributes["axis"] == nil
    let given = try call.tensor(0)
    guard given.rank >= 1 else { throw .invalid("Compress of a scalar") }
    let x = isFlat ? try given.reshaped([given.count]) : given
    let axis = isFlat ? 0 : try call.axis(try call.int("axis"), rank: x.rank)
    let flags = try condition.integers()
    let kept = flags.indices.filter { flags[$0] != 0 }
    guard kept.allSatisfy({ $0 < x.shape[axis] }) else {
      throw .invalid("a condition of \(flags.count) for \(x.shape[axis]) elements")
    }
    return [.exact(try x.slices(kept, of: axis))]
  }
}
