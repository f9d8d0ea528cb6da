import Tensors

/// Faults that put right elements in wrong places, or none in some.
extension FaultFamily {
  var placements: [Fault] {
    [
      placement("all-zeros", 1, "every output element is zero") { shape in
        shape.elementCount.map { [Int?](repeating: nil, count: $0) }
      },
      placement("tile-zero", 2, "the last 16 x 16 tile of the first matrix is zero") {
        matrix($0) { rows, batch, row, column in
          let isInTile = batch == 0 && row >= rows.rows - 16 && column >= rows.columns - 16
          return isInTile ? nil : rows.position(batch, row, column)
        }
      },
      placement("lane-zero", 2, "one position of the last axis is zero in every row") {
        matrix($0) { rows, batch, row, column in
          column == rows.columns / 2 ? nil : rows.position(batch, row, column)
        }
      },
      placement("duplicated-row", 3, "the second row is a copy of the first") {
        matrix($0) { rows, batch, row, column in
          rows.position(batch, row == 1 ? 0 : row, column)
        }
      },
      placement("swapped-rows", 4, "the first and the last row have changed places") {
        matrix($0) { rows, batch, row, column in
          let last = rows.rows - 1
          return rows.position(batch, row == 0 ? last : row == last ? 0 : row, column)
        }
      },
      placement("swapped-columns", 86, "the first two elements of every row have changed places") {
        matrix($0) { rows, batch, row, column in
          guard rows.columns >= 2 else { return rows.position(batch, row, column) }
          return rows.position(batch, row, column < 2 ? 1 - column : column)
        }
      },
      placement("transposed", 5, "every matrix is stored column by column") {
        matrix($0) { rows, batch, row, column in
          let linear = row * rows.columns + column
          return rows.position(batch, linear % rows.rows, linear / rows.rows)
        }
      },
      placement("tail-lane-unwritten", 9, "the last element of every row is not written") {
        matrix($0) { rows, batch, row, column in
          column == rows.columns - 1 ? nil : rows.position(batch, row, column)
        }
      },
      placement("last-row-unwritten", 9, "the last row is not written") {
        matrix($0) { rows, batch, row, column in
          row == rows.rows - 1 ? nil : rows.position(batch, row, column)
        }
      },
      placement("last-row-shifted", 10, "the last row starts one element late") {
        matrix($0) { rows, batch, row, column in
          guard row == rows.rows - 1 else { return rows.position(batch, row, column) }
          return column == 0 ? nil : rows.position(batch, row, column - 1)
        }
      },
      placement(
        "one-in-thousand-zero", 24, "one element of a thousand, at least one, is zero"
      ) { shape in
        guard let count = shape.elementCount, count > 0 else { return nil }
        let first = min(500, count / 2)
        return (0..<count).map { $0 % 1000 == first ? nil : $0 }
      },
    ]
  }

  private func placement(
    _ name: String, _ number: Int, _ summary: String,
    _ sources: @escaping @Sendable (Shape) -> [Int?]?
  ) -> Fault {
    output(name, .gross, number, summary) { tensor, _ in
      sources(tensor.shape).map { tensor.placing($0) } ?? tensor
    }
  }

  private func matrix(
    _ shape: Shape, _ source: (Rows, _ batch: Int, _ row: Int, _ column: Int) -> Int?
  ) -> [Int?]? {
    guard let rows = Rows(shape) else { return nil }
    return rows.map { source(rows, $0, $1, $2) }
  }
}
