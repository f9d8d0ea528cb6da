import Tensors

/// Elements picked along the last axis.
///
///     Z[…, k] = X[…, Y[k]]
///
/// - (C1) The output has the type of X and its shape, with as many elements on the last axis as
///   there are indices.
/// - (C2) Indices lie in [0, N), N the length of the last axis.
/// - Not evaluated: X of rank 1 and indices of other ranks than 1, whose results have a shape that
///   the text does not state; negative indices.
/// - Accuracy: exact.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.ArrayFeatureExtractor.
enum ArrayFeatureExtractorEvaluator: Evaluator {
  static let name = "ArrayFeatureExtractor"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, indices) = (try call.tensor(0), try call.tensor(1))
    guard let length = x.shape.last else {
      throw .invalid("ArrayFeatureExtractor of a scalar")
    }
    let picked = try indices.ints()
    for index in picked where index >= length {
      throw .invalid("ArrayFeatureExtractor: index \(index) of \(length) elements")
    }
    guard x.rank >= 2, indices.rank == 1, picked.allSatisfy({ $0 >= 0 }) else {
      throw .unsupported("ArrayFeatureExtractor of \(x.shape) and \(indices.shape)")
    }
    let lanes = x.shape.dropLast().reduce(1, *)
    let positions = (0..<lanes).flatMap { lane in picked.map { lane * length + $0 } }
    return [.exact(try x.gathered(positions, shape: x.shape.dropLast() + [picked.count]))]
  }
}
