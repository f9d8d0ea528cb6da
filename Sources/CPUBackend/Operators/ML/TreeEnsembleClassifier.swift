/// The label with the most votes of decision trees, and the votes of all labels.
enum TreeEnsembleClassifierKernel: ClassifierKernel {
  static let name = "TreeEnsembleClassifier"
  static let versions = [1, 3]
  static let integerLabels = "classlabels_int64s"

  static func rows(
    _ call: Call, _ x: FeatureRows, classes: Int
  ) throws(KernelError) -> [(votes: [Double], scores: [Double])] {
    let trees = NamedTrees(call.attributes)
    let walk = try trees.walk(votes: "class", targets: classes, features: x.width)
    let base = try trees.reals("base_values") ?? Array(repeating: 0, count: classes)
    guard base.count == classes else {
      throw .invalidModel("\(base.count) base values for \(classes) classes")
    }
    return (0..<x.count).map { row in
      let scores = VoteSum.sum.scores(walk.votes(x, row: row), base: base)
      return (scores, scores)
    }
  }
}
