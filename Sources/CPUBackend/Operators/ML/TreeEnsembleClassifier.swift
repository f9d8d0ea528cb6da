import Tensors

/// The label with the most votes of decision trees, and the votes of all labels.
enum TreeEnsembleClassifierKernel: OperatorKernel {
  static let name = "TreeEnsembleClassifier"
  static let domain = "ai.onnx.ml"
  static let versions = [1, 3]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try labelling(declaration.attributes).labels.type), .tensor(.f32)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try FeatureRows(try call.tensor(0))
    let transform = try ScoreTransform(call.attributes)
    let labelling = try labelling(call.attributes)
    _ = try Allocation.count(of: [max(1, x.count), labelling.count], type: .f64)
    let trees = NamedTrees(call.attributes)
    let walk = try trees.walk(votes: "class", targets: labelling.count, features: x.width)
    let base = try trees.reals("base_values") ?? Array(repeating: 0, count: labelling.count)
    guard base.count == labelling.count else {
      throw .invalidModel("\(base.count) base values for \(labelling.count) classes")
    }
    let scores = (0..<x.count).map { VoteSum.sum.scores(walk.votes(x, row: $0), base: base) }
    return [
      .tensor(try labelling.best(scores)),
      .tensor(
        try ClassLabelling.tensor(scores.map { transform($0) }, columns: labelling.count)),
    ]
  }

  private static func labelling(_ attributes: Attributes) throws(KernelError) -> ClassLabelling {
    try ClassLabelling(
      attributes, integers: "classlabels_int64s", strings: "classlabels_strings")
  }
}
