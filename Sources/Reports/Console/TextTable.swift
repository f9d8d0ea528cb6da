/// Columns of text: the first ones to the left, the others to the right.
package struct TextTable {
  private var rows: [[String]]
  private let leading: Int

  /// The first `leading` columns are those to the left.
  package init(_ titles: [String], leading: Int = 1) {
    rows = [titles]
    self.leading = leading
  }

  /// Adds a row; missing cells are blank.
  package mutating func append(_ row: [String]) { rows.append(row) }

  /// The rows, the titles first, without trailing blanks.
  package var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: max(0, widths[column] - cell.count))
        guard column < leading else { return blanks + cell }
        return column == row.count - 1 ? cell : cell + blanks
      }.joined(separator: "  ")
    }
  }
}
