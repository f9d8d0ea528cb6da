import Tensors

/// Classification by support vectors, pair by pair of classes.
///
/// Without `vectors_per_class` the classes have linear scores, and `rho` is added to each. The text
/// leaves the layout open; this is LIBSVM's, see `PairwiseMachine`.
enum SVMClassifierKernel: OperatorKernel {
  static let name = "SVMClassifier"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try labelling(declaration.attributes).labels.type), .tensor(.f32)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try FeatureRows(try call.tensor(0))
    let transform = try ScoreTransform(call.attributes)
    let labelling = try labelling(call.attributes)
    let classes = labelling.count
    _ = try Allocation.count(of: [max(1, x.count), classes], type: .f64)
    let slopes = try call.attributes.floats("prob_a")?.count
    guard slopes == (try call.attributes.floats("prob_b")?.count) else {
      throw .invalidModel("prob_a and prob_b have different lengths")
    }
    let perClass = try call.ints("vectors_per_class") ?? []
    let rows = try rows(call.attributes, x, perClass, classes: classes)
    return [
      .tensor(try labelling.best(rows.map(\.votes))),
      .tensor(
        try ClassLabelling.tensor(rows.map { transform($0.scores) }, columns: classes)),
    ]
  }

  private static func rows(
    _ attributes: Attributes, _ x: FeatureRows, _ perClass: [Int], classes: Int
  ) throws(KernelError) -> [(votes: [Double], scores: [Double])] {
    guard perClass.isEmpty else {
      let machine = try PairwiseMachine(
        attributes, perClass: perClass, classes: classes, width: x.width)
      return (0..<x.count).map { machine.result(x.row($0)) }
    }
    _ = try VectorKernel(attributes)
    let weights = try VectorKernel.list("coefficients", attributes, count: classes, times: x.width)
    let rho = Double(try attributes.floats("rho")?.first ?? 0)
    return (0..<x.count).map { index in
      let scores = (0..<classes).map { label in
        rho + FeatureRows.dot(x.row(index), weights[label * x.width..<(label + 1) * x.width])
      }
      return (scores, scores)
    }
  }

  private static func labelling(_ attributes: Attributes) throws(KernelError) -> ClassLabelling {
    try ClassLabelling(
      attributes, integers: "classlabels_ints", strings: "classlabels_strings")
  }
}
