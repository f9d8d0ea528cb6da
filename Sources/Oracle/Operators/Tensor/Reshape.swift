import Tensors

/// The same elements, in order, under another shape.
///
/// - (C1) At most one dimension is −1 and takes what is left.
/// - (C2) A 0 copies the input's dimension, unless `allowzero` (from version 14 on) is set.
/// - (C3) The number of elements does not change.
/// - Source: onnx/onnx docs/Operators.md, Reshape.
enum ReshapeEvaluator: Evaluator {
  static let name = "Reshape"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let data = try call.tensor(0)
    let asked = try call.tensor(1).ints()
    let allowsZero = try call.flag("allowzero")
    var shape: Shape = []
    for (axis, dimension) in asked.enumerated() {
      guard dimension >= -1 else { throw .invalid("Reshape to the dimension \(dimension)") }
      if dimension == 0, !allowsZero {
        guard axis < data.rank else { throw .invalid("no dimension \(axis) to copy") }
        shape.append(data.shape[axis])
      } else {
        shape.append(dimension)
      }
    }
    let open = shape.indices.filter { shape[$0] == -1 }
    guard open.count <= 1 else { throw .invalid("Reshape with \(open.count) dimensions of -1") }
    if let axis = open.first {
      let known = shape.filter { $0 != -1 }.reduce(1, *)
      guard known > 0, data.count % known == 0 else {
        throw .invalid("\(data.count) elements leave no whole dimension for -1 in \(asked)")
      }
      shape[axis] = data.count / known
    }
    return [.exact(try data.reshaped(shape))]
  }
}
