/// A matrix in memory: element (i, j) is at `start + i * rowStride + j * columnStride`.
struct StridedMatrix<Element> {
  var start: UnsafePointer<Element>
  /// In elements.
  var rowStride: Int
  /// In elements.
  var columnStride: Int

  /// The matrix whose first element is (row, column) of this one.
  func from(row: Int, column: Int) -> StridedMatrix {
    StridedMatrix(
      start: start + (row * rowStride + column * columnStride), rowStride: rowStride,
      columnStride: columnStride)
  }

  var transposed: StridedMatrix {
    StridedMatrix(start: start, rowStride: columnStride, columnStride: rowStride)
  }
}
