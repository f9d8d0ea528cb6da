/// The tiles of rows and columns that threads take when they multiply by one packed block.
///
/// Row tiles are of equal height and as many as a multiple of the threads, so that all finish at
/// about the same time; with too few rows for that the columns are divided as well.
struct GemmTasks {
  let rows: Int
  let columns: Int
  /// Rows of a task, except the last; whole tiles of the kernel.
  let rowStep: Int
  /// Columns of a task, except the last; whole panels.
  let columnStep: Int

  init(
    rows: Int, columns: Int, tileRows: Int, tileColumns: Int, maximumRows: Int, threadCount: Int
  ) {
    self.rows = rows
    self.columns = columns
    let least = (rows + maximumRows - 1) / maximumRows
    let wanted = (least + threadCount - 1) / threadCount * threadCount
    let rowsEach = (rows + wanted - 1) / wanted
    // Lower tiles than this would be dominated by loading the panels of the right operand.
    let lowest = threadCount == 1 ? rowsEach : max(rowsEach, 4 * tileRows)
    rowStep = (lowest + tileRows - 1) / tileRows * tileRows
    let rowTasks = (rows + rowStep - 1) / rowStep
    let columnTasks = rowTasks >= threadCount ? 1 : (threadCount + rowTasks - 1) / rowTasks
    let columnsEach = (columns + columnTasks - 1) / columnTasks
    columnStep = (columnsEach + tileColumns - 1) / tileColumns * tileColumns
  }

  private var columnTasks: Int { (columns + columnStep - 1) / columnStep }

  var count: Int { (rows + rowStep - 1) / rowStep * columnTasks }

  subscript(index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let row = index / columnTasks * rowStep
    let column = index % columnTasks * columnStep
    return (row..<min(rows, row + rowStep), column..<min(columns, column + columnStep))
  }
}
