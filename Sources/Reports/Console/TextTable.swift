/// Columns of text: the first to the left, the others to the right.
package struct TextTable {
  private var rows: [[String]]

  /// A table of these columns.
  package init(_ titles: [String]) { rows = [titles] }

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
        return column == 0 ? cell + blanks : blanks + cell
      }.joined(separator: "  ")
    }
  }
}
