import Tensors

/// A cache with a run of its sequence axis, which begins elsewhere for each sample, replaced.
///
///     y[n, …, start[n] + s, …] = update[n, …, s, …]
///
/// - (C1) The update differs from the cache on the sequence axis only, where it is not longer.
/// - (C2) `write_indices` has one entry for each sample and is zero where it is omitted.
/// - (C3) `mode`: linear stays inside of the cache, circular goes on at its beginning.
/// - (C4) The axis (−2) is not the first.
/// - Source: onnx/onnx docs/Operators.md, TensorScatter.
enum TensorScatterEvaluator: Evaluator {
  static let name = "TensorScatter"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (past, update) = (try call.tensor(0), try call.tensor(1))
    let axis = try call.axis(try call.int("axis", default: -2), rank: past.rank)
    let mode = try call.string("mode", default: "linear")
    guard mode == "linear" || mode == "circular" else { throw .invalid("the mode \(mode)") }
    guard axis > 0, update.rank == past.rank, update.shape[axis] <= past.shape[axis],
      past.shape.indices.allSatisfy({ $0 == axis || past.shape[$0] == update.shape[$0] })
    else { throw .invalid("an update of shape \(update.shape) for \(past.shape)") }
    let starts = try starts(call, past.shape[0])
    let length = past.shape[axis]
    let strides = past.shape.rowMajorStrides
    var sources = Array(0..<past.count)
    for linear in 0..<update.count {
      var index = update.shape.index(ofLinear: linear)
      let (sum, overflow) = starts[index[0]].addingReportingOverflow(index[axis])
      guard !overflow, sum >= 0, mode == "circular" || sum < length else {
        throw .invalid("TensorScatter to \(sum) of \(length)")
      }
      index[axis] = sum % length
      sources[zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }] = past.count + linear
    }
    return [.exact(try ExactTensor.joined([past, update]).gathered(sources, shape: past.shape))]
  }

  private static func starts(_ call: Call, _ samples: Int) throws(EvaluationError) -> [Int] {
    guard let given = try call.optionalTensor(2) else {
      return [Int](repeating: 0, count: samples)
    }
    guard given.shape == [samples] else { throw .invalid("write indices of \(given.shape)") }
    return try given.ints()
  }
}
