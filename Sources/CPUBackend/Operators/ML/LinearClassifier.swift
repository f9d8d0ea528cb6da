/// The label of the highest linear score, and the scores.
///
/// Two classes may share the coefficients of one, which are those of the second: the scores are
/// then 1 − p and p after a LOGISTIC, else −s and s.
enum LinearClassifierKernel: ClassifierKernel {
  static let name = "LinearClassifier"
  static let versions = [1]
  static let integerLabels = "classlabels_ints"

  static func rows(
    _ call: Call, _ x: FeatureRows, classes: Int
  ) throws(KernelError) -> [(votes: [Double], scores: [Double])] {
    let model = try LinearModel(call.attributes, targets: classes, width: x.width, sharesOne: true)
    return (0..<x.count).map { row in
      let own = model.scores(x.row(row))
      let scores = own.count < classes ? [-own[0], own[0]] : own
      return (scores, scores)
    }
  }
}
