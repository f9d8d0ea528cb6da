/// Classification by support vectors, pair by pair of classes.
///
/// Without `vectors_per_class` the classes have linear scores, and `rho` is added to each. The text
/// leaves the layout open; this is LIBSVM's, see `PairwiseMachine`.
enum SVMClassifierKernel: ClassifierKernel {
  static let name = "SVMClassifier"
  static let versions = [1]
  static let integerLabels = "classlabels_ints"

  static func rows(
    _ call: Call, _ x: FeatureRows, classes: Int
  ) throws(KernelError) -> [(votes: [Double], scores: [Double])] {
    let attributes = call.attributes
    guard try attributes.floats("prob_a")?.count == (try attributes.floats("prob_b")?.count) else {
      throw .invalidModel("prob_a and prob_b have different lengths")
    }
    let perClass = try call.ints("vectors_per_class") ?? []
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
}
