/// The matrix whose column w holds what window w sees of an image: row (c, t) is tap t in channel c.
///
/// A convolution is the product of its weights and this matrix; its adjoint adds the columns of a
/// matrix back into the image. Columns are made in blocks of whole rows of windows (windows that
/// differ in the last axis only), so that the matrix needs little memory.
package struct WindowColumns: Sendable {
  private let channels: Int
  private let tapCount: Int
  private let inputCount: Int
  /// The axis along which a row of windows runs.
  private let inner: WindowAxis
  private let outer: [WindowAxis]

  /// Elements of a block of columns: a few MiB for `Float`.
  private static let blockElements = 1 << 20

  /// Requires at least one axis.
  package init(_ windows: SlidingWindows, channels: Int) {
    self.channels = channels
    tapCount = windows.tapCount
    inputCount = windows.inputCount
    inner = windows.axes[windows.axes.count - 1]
    outer = Array(windows.axes.dropLast())
  }

  /// Rows of the matrix.
  package var rowCount: Int { channels * tapCount }

  /// Rows of windows.
  package var windowRows: Int { outer.reduce(1) { $0 * $1.output } }

  /// Windows in a row.
  package var rowLength: Int { inner.output }

  /// Rows of windows to a block.
  package var blockRows: Int {
    max(1, Self.blockElements / max(1, rowCount * rowLength))
  }

  /// Elements of the largest block.
  package var blockCount: Int { rowCount * rowLength * min(blockRows, windowRows) }

  /// Writes the columns of some rows of windows; padding is zero.
  ///
  /// Row r of the block starts at `columns + r · rows.count · rowLength`.
  package func unfold<Number: Real>(
    _ image: UnsafePointer<Number>, rows: Range<Int>, into columns: UnsafeMutablePointer<Number>,
    pool: ThreadPool
  ) {
    let width = rows.count * rowLength
    pool.parallelFor(count: rowCount, grain: max(1, 16_384 / max(1, width))) { range in
      for row in range {
        let target = columns + row * width
        target.update(repeating: 0, count: width)
        forEachPiece(row % tapCount, rows) { piece in
          var source = image + (row / tapCount * inputCount + piece.element)
          for column in piece.column..<piece.column + piece.count {
            target[column] = source.pointee
            source += inner.stride
          }
        }
      }
    }
  }

  /// Adds the columns of some rows of windows to the elements they were seen at.
  package func fold<Number: Real>(
    _ columns: UnsafePointer<Number>, rows: Range<Int>,
    addingTo image: UnsafeMutablePointer<Number>, pool: ThreadPool
  ) {
    let width = rows.count * rowLength
    let work = max(1, width * tapCount)
    pool.parallelFor(count: channels, grain: max(1, 16_384 / work)) { range in
      for row in range.lowerBound * tapCount..<range.upperBound * tapCount {
        let source = columns + row * width
        forEachPiece(row % tapCount, rows) { piece in
          var target = image + (row / tapCount * inputCount + piece.element)
          for column in piece.column..<piece.column + piece.count {
            target.pointee += source[column]
            target += inner.stride
          }
        }
      }
    }
  }

  /// Neighbouring columns whose tap lies inside of the image.
  private struct Piece {
    /// The first column within the block.
    var column: Int
    /// The element of the plane that it sees; the next one is `inner.stride` further.
    var element: Int
    var count: Int
  }

  private func forEachPiece(_ tap: Int, _ rows: Range<Int>, _ body: (Piece) -> Void) {
    let windows = inner.windows(readingTap: tap % inner.kernel)
    guard !windows.isEmpty else { return }
    let first = inner.coordinate(window: windows.lowerBound, tap: tap % inner.kernel)
    for row in rows {
      guard let plane = offset(ofRow: row, tap: tap / inner.kernel) else { continue }
      let column = (row - rows.lowerBound) * rowLength + windows.lowerBound
      body(Piece(column: column, element: plane + first, count: windows.count))
    }
  }

  /// The first element of the line that a row of windows sees through a tap; nil for padding.
  private func offset(ofRow row: Int, tap: Int) -> Int? {
    var (row, tap) = (row, tap)
    var (offset, stride) = (0, inner.input)
    for axis in outer.reversed() {
      let coordinate = axis.coordinate(window: row % axis.output, tap: tap % axis.kernel)
      guard coordinate >= 0, coordinate < axis.input else { return nil }
      offset += coordinate * stride
      stride *= axis.input
      row /= axis.output
      tap /= axis.kernel
    }
    return offset
  }
}
