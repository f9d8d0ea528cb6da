import Tensors

/// An operator of ai.onnx.ml that gives a label and the scores of all labels to each row.
protocol ClassifierKernel: OperatorKernel {
  /// The attribute with labels that are integers; `classlabels_strings` holds the others.
  static var integerLabels: String { get }

  /// For each row what decides the label, and the scores before the transform of the attributes.
  static func rows(
    _ call: Call, _ x: FeatureRows, classes: Int
  ) throws(KernelError) -> [(votes: [Double], scores: [Double])]
}

extension ClassifierKernel {
  static var domain: String { "ai.onnx.ml" }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try labelling(declaration.attributes).labels.type), .tensor(.f32)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try FeatureRows(try call.tensor(0))
    let transform = try ScoreTransform(call.attributes)
    let labelling = try labelling(call.attributes)
    _ = try Allocation.count(of: [max(1, x.count), labelling.count], type: .f64)
    let rows = try rows(call, x, classes: labelling.count)
    return [
      .tensor(try labelling.best(rows.map(\.votes))),
      .tensor(
        try ClassLabelling.tensor(rows.map { transform($0.scores) }, columns: labelling.count)),
    ]
  }

  private static func labelling(_ attributes: Attributes) throws(KernelError) -> ClassLabelling {
    try ClassLabelling(attributes, integers: integerLabels, strings: "classlabels_strings")
  }
}
