package import Tensors

/// The labels of a classifier, and the one that a row of scores chooses.
package struct ClassLabelling: Sendable {
  package let labels: Tensor

  /// Reads the one list that is stated.
  ///
  /// - Throws: `invalidModel` for no list, two lists or an empty one.
  package init(
    _ attributes: Attributes, integers: String, strings: String
  ) throws(KernelError) {
    let numbers = try attributes.ints(integers)
    let texts = try attributes.strings(strings)
    switch (numbers, texts) {
    case (let numbers?, nil): labels = try .of(.i64, [numbers.count], numbers.map { Int64($0) })
    case (nil, let texts?): labels = try .of(strings: texts, [texts.count])
    default: throw .invalidModel("one list of class labels is needed")
    }
    guard labels.count > 0 else { throw .invalidModel("there is no class") }
  }

  package var count: Int { labels.count }

  /// The labels of the highest score of each row, the first of equal ones.
  package func best(_ rows: [[Double]]) throws(KernelError) -> Tensor {
    let places = rows.map { row -> Int in
      var best = 0
      for (place, score) in row.enumerated() where score > row[best] { best = place }
      return Swift.min(best, labels.count - 1)
    }
    return try Selection(places).tensor(of: labels, shape: [rows.count])
  }

  /// The scores as a matrix of float32.
  package static func tensor(_ rows: [[Double]], columns: Int) throws(KernelError) -> Tensor {
    try .rounding(rows.flatMap { $0 }, to: .f32, [rows.count, columns])
  }
}
