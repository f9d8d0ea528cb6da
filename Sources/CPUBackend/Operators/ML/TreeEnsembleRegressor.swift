import Tensors

/// Regression by decision trees, summed in binary64 and rounded once.
enum TreeEnsembleRegressorKernel: OperatorKernel {
  static let name = "TreeEnsembleRegressor"
  static let domain = "ai.onnx.ml"
  static let versions = [1, 3]

  private static let words = ["AVERAGE", "SUM", "MIN", "MAX"]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try FeatureRows(try call.tensor(0))
    let transform = try ScoreTransform(call.attributes)
    let word = try call.attributes.choice("aggregate_function", of: words, default: "SUM")
    let aggregate = VoteSum(rawValue: words.firstIndex(of: word) ?? 1) ?? .sum
    let targets = try call.int("n_targets", default: 1)
    guard targets > 0 else { throw .invalidModel("\(targets) targets") }
    _ = try Allocation.count(of: [max(1, x.count), targets], type: .f64)
    let trees = NamedTrees(call.attributes)
    let walk = try trees.walk(votes: "target", targets: targets, features: x.width)
    let base = try trees.reals("base_values") ?? Array(repeating: 0, count: targets)
    guard base.count == targets else {
      throw .invalidModel("\(base.count) base values for \(targets) targets")
    }
    let rows = (0..<x.count).map { row in
      transform(aggregate.scores(walk.votes(x, row: row), base: base))
    }
    return [.tensor(try ClassLabelling.tensor(rows, columns: targets))]
  }
}
