import Tensors

/// Tests of indices drawn with the probabilities of their row: those of `BernoulliTests` for each
/// class against all others.
struct CategoricalTests {
  let values: [Double]
  /// A row of `classes` probabilities for each row of values.
  let probabilities: [Double]
  let classes: Int
  /// Draws of one row.
  let rowLength: Int

  /// Requires a row of `classes` probabilities for each row of the shape along its last axis.
  static func check(
    _ probabilities: [Double], classes: Int, for shape: Shape
  ) throws(GoldenFault) {
    guard classes > 0, probabilities.count % classes == 0 else {
      throw GoldenFault("\(probabilities.count) probabilities of \(classes) classes")
    }
    let rows = Shape(shape.dropLast()).elementCount ?? 0
    try GoldenFault.check("row of probabilities", probabilities.count / classes, rows)
  }

  private func probability(of index: Int, at position: Int) -> Double {
    probabilities[position / max(1, rowLength) * classes + index]
  }

  /// Whether the value is a class that may come in its row.
  func isPossible(_ value: Double, at position: Int) -> Bool {
    guard let index = Int(exactly: value), (0..<classes).contains(index) else { return false }
    return probability(of: index, at: position) > 0
  }

  /// The mean index of the row.
  func mean(at position: Int) -> Double {
    (0..<classes).reduce(0) { $0 + Double($1) * probability(of: $1, at: position) }
  }

  /// Requires values that are possible.
  var all: [HolmDecision.Test] {
    (0..<classes).flatMap { index in
      BernoulliTests(
        values: values.map { $0 == Double(index) ? 1 : 0 },
        probabilities: values.indices.map { probability(of: index, at: $0) }
      ).all.map { .init(name: "class \(index): \($0.name)", probability: $0.probability) }
    }
  }
}
