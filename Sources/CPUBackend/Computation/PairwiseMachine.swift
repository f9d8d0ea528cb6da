import Glibc

/// The decisions of a support vector classifier between each two classes, laid out as LIBSVM does.
///
/// The vectors of a class stand together; the coefficients are classes − 1 rows of one for each
/// vector. The decision between i < j is the sum of coefficient times kernel over the vectors of
/// both, plus the `rho` of the pair; a positive one is for i.
package struct PairwiseMachine: Sendable {
  private let kernel: VectorKernel
  private let classes: Int
  private let width: Int
  private let counts: [Int]
  /// Support vectors of all classes.
  private let total: Int
  private let starts: [Int]
  private let vectors: [Double]
  private let coefficients: [Double]
  private let rho: [Double]
  /// Slope and offset of each pair's probability; empty where there are none.
  private let slopes: [(Double, Double)]

  /// - Throws: `invalidModel` for lists that do not fit together.
  package init(
    _ attributes: Attributes, perClass: [Int], classes: Int, width: Int
  ) throws(KernelError) {
    guard perClass.count == classes, perClass.allSatisfy({ (0...1 << 30).contains($0) }) else {
      throw .invalidModel("vectors_per_class are \(perClass) for \(classes) classes")
    }
    total = perClass.reduce(0, +)
    let pairs = classes * (classes - 1) / 2
    kernel = try VectorKernel(attributes)
    (self.classes, self.width, counts) = (classes, width, perClass)
    starts = perClass.indices.map { perClass[..<$0].reduce(0, +) }
    vectors = try VectorKernel.list("support_vectors", attributes, count: total, times: width)
    coefficients = try VectorKernel.list(
      "coefficients", attributes, count: classes - 1, times: total)
    rho = try VectorKernel.list("rho", attributes, count: pairs)
    guard !(try attributes.floats("prob_a") ?? []).isEmpty else {
      slopes = []
      return
    }
    slopes = Array(
      zip(
        try VectorKernel.list("prob_a", attributes, count: pairs),
        try VectorKernel.list("prob_b", attributes, count: pairs)))
  }

  /// What decides the label, and the score of each class: with slopes the mean of its probabilities
  /// against the others for both, else its votes and the sum of its decisions.
  package func result(_ row: ArraySlice<Double>) -> (votes: [Double], scores: [Double]) {
    let alike = (0..<total).map { vector in
      kernel(row, vectors[vector * width..<(vector + 1) * width])
    }
    var votes = [Double](repeating: 0, count: classes)
    var scores = votes
    for (pair, (i, j)) in self.pairs.enumerated() {
      let decision = decision(i, j, alike) + rho[pair]
      votes[decision > 0 ? i : j] += 1
      if slopes.isEmpty {
        scores[i] += decision
        scores[j] -= decision
      } else {
        let share = 1 / (1 + exp(slopes[pair].0 * decision + slopes[pair].1))
        scores[i] += share / Double(slopes.count)
        scores[j] += (1 - share) / Double(slopes.count)
      }
    }
    return (slopes.isEmpty ? votes : scores, scores)
  }

  private var pairs: [(Int, Int)] {
    (0..<classes).flatMap { i in (i..<classes).dropFirst().map { (i, $0) } }
  }

  private func decision(_ i: Int, _ j: Int, _ alike: [Double]) -> Double {
    let rows = [(i, (j - 1) * total), (j, i * total)]
    return rows.reduce(0) { sum, part in
      let (own, offset) = part
      return (starts[own]..<starts[own] + counts[own]).reduce(sum) {
        $0 + coefficients[offset + $1] * alike[$1]
      }
    }
  }
}
