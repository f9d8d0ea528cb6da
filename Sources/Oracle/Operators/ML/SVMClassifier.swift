import ExtendedArithmetic
import Tensors

/// Classification by support vectors.
///
/// The text leaves `coefficients`, `rho`, `support_vectors` and `vectors_per_class` without a word:
/// how they are laid out, which class of a pair is the positive one, how pairs become scores. Only
/// what it says is evaluated:
///
/// - (C1) Y has one label of the stated kind for each row, Z float32 scores [N, E]; a vector of
///   features is one row. Their values are left open.
/// - (C2) Exactly one list of labels is stated.
/// - (C3) The kernels are LINEAR, POLY, RBF and SIGMOID, with three parameters if any.
/// - (C4) `prob_a` and `prob_b` have one length.
/// - (C5) `post_transform` is one of the five words.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.SVMClassifier.
enum SVMClassifierEvaluator: Evaluator {
  static let name = "SVMClassifier"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    _ = try PostTransform(call)
    _ = try SupportVectorKernel(call)
    let labels = try TopClass.labels(
      call, integers: "classlabels_ints", strings: "classlabels_strings")
    let x = try FeatureMatrix(call, acceptsVectors: true)
    guard try call.floats("prob_a")?.count == call.floats("prob_b")?.count else {
      throw .invalid("SVMClassifier with prob_a and prob_b of different lengths")
    }
    let first = (0..<x.rows).map { _ in 0 }
    var label = Outcome.exact(try labels.gathered(first, shape: [x.rows]))
    label.undefined = first.map { _ in true }
    let count = x.rows * labels.count
    let scores = Array(repeating: DoubleDouble.zero, count: count)
    var score = Outcome.exact(ExactTensor(.f32, [x.rows, labels.count], reals: scores))
    score.undefined = scores.map { _ in true }
    return [label, score]
  }
}
