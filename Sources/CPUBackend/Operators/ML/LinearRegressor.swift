import Tensors

/// Linear regression of one or several targets, in binary64 and rounded once.
enum LinearRegressorKernel: OperatorKernel {
  static let name = "LinearRegressor"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try FeatureRows(try call.tensor(0))
    let transform = try ScoreTransform(call.attributes)
    let model = try LinearModel(
      call.attributes, targets: try call.int("targets", default: 1), width: x.width)
    _ = try Allocation.count(of: [x.count, model.targets], type: .f64)
    let rows = (0..<x.count).map { transform(model.scores(x.row($0))) }
    return [.tensor(try ClassLabelling.tensor(rows, columns: model.targets))]
  }
}
