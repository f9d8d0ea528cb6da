import Tensors

/// The first elements of each sequence of a batch in reverse order.
///
///     y[t, n, …] = x[len[n] − 1 − t, n, …] where t < len[n], else x[t, n, …]
///
/// - (C1) `time_axis` (0) and `batch_axis` (1) are the first two axes, in either order.
/// - (C2) There is one length for each sequence of the batch.
/// - Source: onnx/onnx docs/Operators.md, ReverseSequence.
enum ReverseSequenceEvaluator: Evaluator {
  static let name = "ReverseSequence"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, lengths) = (try call.tensor(0), try call.tensor(1))
    let time = try call.int("time_axis", default: 0)
    let batch = try call.int("batch_axis", default: 1)
    guard x.rank >= 2, [time, batch].sorted() == [0, 1], lengths.shape == [x.shape[batch]] else {
      throw .invalid(
        "ReverseSequence of \(x.shape), axes \(time) and \(batch), lengths \(lengths.shape)")
    }
    let reversed = try lengths.ints()
    guard reversed.allSatisfy({ $0 >= 0 && $0 <= x.shape[time] }) else {
      throw .invalid("ReverseSequence of the lengths \(reversed)")
    }
    let moved = try x.moved(to: x.shape) { index in
      var source = index
      let length = reversed[index[batch]]
      if index[time] < length { source[time] = length - 1 - index[time] }
      return source
    }
    return [.exact(moved)]
  }
}
