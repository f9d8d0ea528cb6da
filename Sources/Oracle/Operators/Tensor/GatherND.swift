import Tensors

/// Slices of the data picked by tuples of indices.
///
///     y[b…, i…, …] = data[b…, indices[b…, i…], …]
///
/// - (C1) The last axis of the indices holds tuples; their length and `batch_dims` together are at
///   most the data's rank.
/// - (C2) `batch_dims` (from version 12 on) leading axes of both belong together.
/// - (C3) A negative index counts from the end; others are out of range.
/// - Source: onnx/onnx docs/Operators.md, GatherND.
enum GatherNDEvaluator: Evaluator {
  static let name = "GatherND"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (data, indices) = (try call.tensor(0), try call.tensor(1))
    let batch = try call.int("batch_dims", default: 0)
    guard let depth = indices.shape.last, depth >= 1, batch >= 0, batch < indices.rank,
      batch <= data.rank - depth, indices.shape[..<batch] == data.shape[..<batch]
    else {
      throw .invalid("indices of shape \(indices.shape) for data of shape \(data.shape)")
    }
    let strides = data.shape.rowMajorStrides
    let slice = data.shape[(batch + depth)...].reduce(1, *)
    let values = try indices.ints()
    var positions: [Int] = []
    let outer = Shape(indices.shape.dropLast())
    for tuple in 0..<(values.count / depth) {
      var base = 0
      let place = outer.index(ofLinear: tuple)
      for axis in 0..<batch { base += place[axis] * strides[axis] }
      for part in 0..<depth {
        let axis = batch + part
        base +=
          strides[axis]
          * (try call.position(values[tuple * depth + part], length: data.shape[axis]))
      }
      positions += (0..<slice).map { base + $0 }
    }
    let shape = outer + Shape(data.shape[(batch + depth)...])
    return [.exact(try data.gathered(positions, shape: shape))]
  }
}
