import Tensors

/// The label of the highest linear score, and the scores.
///
/// Two classes may share the coefficients of one, which are those of the second: the scores are
/// then 1 − p and p after a LOGISTIC, else −s and s.
enum LinearClassifierKernel: OperatorKernel {
  static let name = "LinearClassifier"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try labelling(declaration.attributes).labels.type), .tensor(.f32)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try FeatureRows(try call.tensor(0))
    let transform = try ScoreTransform(call.attributes)
    let labelling = try labelling(call.attributes)
    let model = try LinearModel(
      call.attributes, targets: labelling.count, width: x.width, sharesOne: true)
    _ = try Allocation.count(of: [x.count, labelling.count], type: .f64)
    let scores = (0..<x.count).map { row -> [Double] in
      let own = model.scores(x.row(row))
      return own.count < labelling.count ? [-own[0], own[0]] : own
    }
    return [
      .tensor(try labelling.best(scores)),
      .tensor(
        try ClassLabelling.tensor(scores.map { transform($0) }, columns: labelling.count)),
    ]
  }

  private static func labelling(_ attributes: Attributes) throws(KernelError) -> ClassLabelling {
    try ClassLabelling(
      attributes, integers: "classlabels_ints", strings: "classlabels_strings")
  }
}
