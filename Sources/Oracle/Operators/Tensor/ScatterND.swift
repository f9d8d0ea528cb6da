import Tensors

/// A copy of the data with slices replaced by, or reduced with, updates.
///
///     output = data;  for every index tuple i:  output[indices[i]] ⊕= updates[i]
///
/// - (C1) The last axis of the indices holds tuples of at most the data's rank.
/// - (C2) `reduction`: none (from 11), add and mul (from 16), max and min (from 18).
/// - (C3) With `none`, a slice named twice holds either update (register A17).
/// - Source: onnx/onnx docs/Operators.md, ScatterND.
enum ScatterNDEvaluator: Evaluator {
  static let name = "ScatterND"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (data, updates) = (try call.tensor(0), try call.tensor(2))
    let targets = try targets(call, data.shape, updates.shape)
    guard targets.count == updates.count else { throw .invalid("updates do not fit the indices") }
    let scattering = Scattering(data: data, updates: updates, targets: targets)
    return [try scattering.outcome(try call.string("reduction", default: "none"))]
  }

  /// The data position that each element of the updates is written to.
  private static func targets(
    _ call: Call, _ shape: Shape, _ updates: Shape
  ) throws(EvaluationError) -> [Int] {
    let indices = try call.tensor(1)
    guard let depth = indices.shape.last, depth >= 1, depth <= shape.count else {
      throw .invalid("index tuples of length \(indices.shape.last ?? 0) for rank \(shape.count)")
    }
    guard updates == Shape(indices.shape.dropLast()) + Shape(shape[depth...]) else {
      throw .invalid("updates of shape \(updates) do not fit indices and data")
    }
    let values = try indices.ints()
    let slice = shape[depth...].reduce(1, *)
    let strides = shape.rowMajorStrides
    var targets: [Int] = []
    for start in stride(from: 0, to: values.count, by: depth) {
      var base = 0
      for axis in 0..<depth {
        base += strides[axis] * (try call.position(values[start + axis], length: shape[axis]))
      }
      targets += (0..<slice).map { base + $0 }
    }
    return targets
  }
}
