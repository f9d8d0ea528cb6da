import Tensors

/// Regression by support vectors; `rho` is added.
///
/// Without support vectors the coefficients are those of the features. A one-class machine gives 1
/// where the sum is positive and −1 elsewhere.
enum SVMRegressorKernel: OperatorKernel {
  static let name = "SVMRegressor"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try FeatureRows(try call.tensor(0))
    let transform = try ScoreTransform(call.attributes)
    let kernel = try VectorKernel(call.attributes)
    let supports = try call.int("n_supports", default: 0)
    let isOneClass = try call.flag("one_class", default: false)
    let rho = Double(try call.attributes.floats("rho")?.first ?? 0)
    let isLinear = supports == 0
    let coefficients = try VectorKernel.list(
      "coefficients", call.attributes, count: isLinear ? x.width : supports)
    let vectors = try VectorKernel.list(
      "support_vectors", call.attributes, count: supports, times: x.width)
    _ = try Allocation.count(of: [x.count, 1], type: .f64)
    let rows = (0..<x.count).map { index -> [Double] in
      let row = x.row(index)
      var sum = rho
      if isLinear {
        sum += FeatureRows.dot(row, coefficients[...])
      } else {
        for (support, coefficient) in coefficients.enumerated() {
          let start = support * x.width
          sum += coefficient * kernel(row, vectors[start..<start + x.width])
        }
      }
      return isOneClass ? [sum > 0 ? 1 : -1] : transform([sum])
    }
    return [.tensor(try ClassLabelling.tensor(rows, columns: 1))]
  }
}
