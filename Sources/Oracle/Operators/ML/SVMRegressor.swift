import ExtendedArithmetic
import Tensors

/// Regression by support vectors.
///
///     Y[n] = post(Σ_i coefficients[i] · K(X[n], support_vectors[i]))
///
/// - (C1) The output is float32 of shape [N, 1]; a vector of features is one row.
/// - (C2) The kernels are LINEAR, POLY, RBF and SIGMOID with gamma, coef0 and degree in that order.
/// - (C3) There are `n_supports` coefficients and as many support vectors, one behind the other.
/// - (C4) SOFTMAX and LOGISTIC follow; SOFTMAX_ZERO and PROBIT are left open.
/// - Left open: a `rho` that is not zero, which the text gives neither a place nor a sign;
///   `one_class`. Not evaluated: no `rho`, no support vectors.
/// - Accuracy: a composite.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.SVMRegressor.
enum SVMRegressorEvaluator: Evaluator {
  static let name = "SVMRegressor"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let transform = try PostTransform(call)
    let kernel = try SupportVectorKernel(call)
    let x = try FeatureMatrix(call, acceptsVectors: true)
    let supports = try call.int("n_supports", default: 0)
    let coefficients = try call.floats("coefficients") ?? []
    let vectors = try call.floats("support_vectors") ?? []
    guard supports > 0 else {
      throw supports < 0
        ? .invalid("SVMRegressor of \(supports) support vectors")
        : .unsupported("SVMRegressor of no support vectors")
    }
    let (expected, overflow) = supports.multipliedReportingOverflow(by: x.width)
    guard coefficients.count == supports, !overflow, vectors.count == expected else {
      throw .invalid("SVMRegressor of \(coefficients.count) coefficients for \(supports)")
    }
    guard let rho = try call.floats("rho"), rho.count == 1 else {
      throw .unsupported("SVMRegressor without one rho")
    }
    let weights = coefficients.map { DoubleDouble($0) }
    let scores = sums(x, kernel, weights, vectors.map { DoubleDouble($0) }, call.trace)
    let results = transform.values(scores, columns: 1, call.trace)
    var outcome = Outcome.composite(ExactTensor(.f32, [x.rows, 1], reals: results))
    let isOpen = try call.flag("one_class") || rho.contains { $0 != 0 } || transform.isOpen
    if isOpen { outcome.undefined = scores.map { _ in true } }
    return [outcome]
  }

  private static func sums(
    _ x: FeatureMatrix, _ kernel: SupportVectorKernel, _ weights: [DoubleDouble],
    _ vectors: [DoubleDouble], _ trace: Trace
  ) -> [DoubleDouble] {
    (0..<x.rows).map { row in
      // A number that is no float32 may be cast to it before anything else.
      let own = x.row(row).map { x.isSingle ? $0 : trace.step($0) }
      let terms = weights.enumerated().map { index, weight in
        let vector = Array(vectors[index * x.width..<(index + 1) * x.width])
        return trace.multiply(weight, kernel(own, vector))
      }
      return trace.sum(terms)
    }
  }
}
