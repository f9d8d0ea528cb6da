import Tensors

/// Tensors joined along one axis.
///
/// - (C1) All inputs have one type and equal dimensions except on the axis.
/// - (C2) A negative axis counts from the end (from version 11 on).
/// - Source: onnx/onnx docs/Operators.md, Concat.
enum ConcatEvaluator: Evaluator {
  static let name = "Concat"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    [.exact(try joined(try call.tensors(), axis: try call.int("axis"), call))]
  }

  /// The tensors joined along an axis.
  static func joined(
    _ inputs: [ExactTensor], axis: Int, _ call: Call
  ) throws(EvaluationError) -> ExactTensor {
    guard let first = inputs.first else {
      throw .invalid("\(call.node.operatorName) of no tensors")
    }
    let axis = try call.axis(axis, rank: first.rank)
    var shape = first.shape
    shape[axis] = 0
    for input in inputs {
      guard input.rank == first.rank,
        shape.indices.allSatisfy({ $0 == axis || input.shape[$0] == first.shape[$0] })
      else { throw .invalid("joining the shapes \(first.shape) and \(input.shape)") }
      shape[axis] += input.shape[axis]
    }
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    var positions: [Int] = []
    for block in 0..<outer {
      var base = 0
      for input in inputs {
        let run = input.shape[axis] * inner
        positions += (0..<run).map { base + block * run + $0 }
        base += input.count
      }
    }
    return try ExactTensor.joined(inputs).gathered(positions, shape: shape)
  }
}
