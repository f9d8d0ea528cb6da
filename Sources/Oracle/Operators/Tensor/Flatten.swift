import Tensors

/// The tensor as a matrix: axes before one become its rows, the others its columns.
///
/// - (C1) The output has as many rows as the dimensions before `axis` multiply to.
/// - (C2) `axis` lies in [−rank, rank].
/// - Source: onnx/onnx docs/Operators.md, Flatten.
enum FlattenEvaluator: Evaluator {
  static let name = "Flatten"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let named = try call.int("axis", default: 1)
    // The rank itself is an axis here: everything goes into the rows.
    let axis = named == x.rank ? named : try call.axis(named, rank: x.rank)
    guard let rows = Array(x.shape[..<axis]).elementCount,
      let columns = Array(x.shape[axis...]).elementCount
    else { throw .invalid("Flatten of \(x.shape)") }
    return [.exact(try x.reshaped([rows, columns]))]
  }
}
