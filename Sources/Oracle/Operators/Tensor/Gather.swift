import Tensors

/// Slices of the data picked by indices along one axis.
///
///     y[…, i…, …] = data[…, indices[i…], …]
///
/// - (C1) The output's shape is the data's with the axis replaced by the shape of the indices.
/// - (C2) From version 11 on, a negative index counts from the end; others are out of range.
/// - Source: onnx/onnx docs/Operators.md, Gather.
enum GatherEvaluator: Evaluator {
  static let name = "Gather"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (data, indices) = (try call.tensor(0), try call.tensor(1))
    let axis = try call.axis(try call.int("axis", default: 0), rank: data.rank)
    let length = data.shape[axis]
    let inner = data.shape[(axis + 1)...].reduce(1, *)
    let outer = data.shape[..<axis].reduce(1, *)
    var picked: [Int] = []
    for index in try indices.ints() {
      picked.append(try call.position(index, length: length))
    }
    var positions: [Int] = []
    for block in 0..<outer {
      for index in picked {
        positions += (0..<inner).map { (block * length + index) * inner + $0 }
      }
    }
    let shape = data.shape[..<axis] + indices.shape + data.shape[(axis + 1)...]
    return [.exact(try data.gathered(positions, shape: Shape(shape)))]
  }
}
