import Tensors

/// The elements of a tensor as a matrix: rows along the last axis.
struct Rows {
  /// Matrices of `rows` rows each; leading axes.
  let batches: Int
  let rows: Int
  let columns: Int

  /// Rank 1 is one column, so that its elements are rows; nil for scalars and empty tensors.
  init?(_ shape: Shape) {
    guard let count = shape.elementCount, count > 0, let last = shape.last else { return nil }
    columns = shape.count == 1 ? 1 : last
    rows = shape.count == 1 ? last : shape[shape.count - 2]
    batches = count / (rows * columns)
  }

  var count: Int { batches * rows * columns }

  func position(_ batch: Int, _ row: Int, _ column: Int) -> Int {
    (batch * rows + row) * columns + column
  }

  /// For every element its batch, row and column, in order.
  func map<Result>(_ body: (Int, Int, Int) -> Result) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(count)
    for batch in 0..<batches {
      for row in 0..<rows {
        for column in 0..<columns { results.append(body(batch, row, column)) }
      }
    }
    return results
  }
}
