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

  /// The rows that so many probabilities are for; -1 where they are no whole rows.
  static func rows(_ probabilities: [Double], classes: Int) -> Int {
    guard classes > 0, probabilities.count % classes == 0 else { return -1 }
    return probabilities.count / classes
  }

  /// The rows of a shape along its last axis.
  static func rows(of shape: Shape) -> Int { Shape(shape.dropLast()).elementCount ?? 0 }

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
