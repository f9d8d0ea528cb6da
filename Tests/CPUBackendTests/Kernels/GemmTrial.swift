import CPUBackend
import CPUKernels
import Testing

struct GemmShape: CustomTestStringConvertible {
  var m: Int
  var n: Int
  var k: Int

  init(_ m: Int, _ n: Int, _ k: Int) {
    (self.m, self.n, self.k) = (m, n, k)
  }

  var testDescription: String { "\(m) x \(n) x \(k)" }
}

/// How an operand lies in memory.
enum GemmLayout: CaseIterable {
  /// Rows one after the other, with a gap between them.
  case rows
  /// Columns one after the other.
  case columns
  /// Neither rows nor columns without gaps.
  case spread
  /// Rows from the last to the first.
  case backwards

  /// Lays out a matrix given row by row; the gaps are filled with `filler`.
  func placement<Element>(of matrix: [Element], rows: Int, columns: Int, filler: Element)
    -> GemmPlacement<Element>
  {
    let (row, column, count, first) =
      switch self {
      case .rows: (columns + 3, 1, rows * (columns + 3), 0)
      case .columns: (1, rows, rows * columns, 0)
      case .spread: (2 * columns + 1, 2, rows * (2 * columns + 1), 0)
      case .backwards: (-columns, 1, rows * columns, max(0, rows - 1) * columns)
      }
    var elements = [Element](repeating: filler, count: count)
    for i in 0..<rows {
      for j in 0..<columns { elements[first + i * row + j * column] = matrix[i * columns + j] }
    }
    return GemmPlacement(elements: elements, first: first, rowStride: row, columnStride: column)
  }
}

/// A matrix in memory.
struct GemmPlacement<Element> {
  var elements: [Element]
  /// Index of element (0, 0).
  var first: Int
  var rowStride: Int
  var columnStride: Int
}

/// One product of two random matrices.
struct GemmTrial<Element: GemmElement & BinaryFloatingPoint> {
  let shape: GemmShape
  /// Row by row.
  private let a: [Element]
  private let b: [Element]

  init(shape: GemmShape, seed: UInt64) {
    self.shape = shape
    var source = ValueSource(seed: seed)
    a = source.finite(shape.m * shape.k)
    b = source.finite(shape.k * shape.n)
  }

  /// The documented sequence of operations, with its block of 384 unless told otherwise.
  func reference(blockDepth: Int = 384) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(shape.m * shape.n)
    for i in 0..<shape.m {
      for j in 0..<shape.n {
        var total: Element?
        for block in stride(from: 0, to: shape.k, by: blockDepth) {
          var chain: Element = 0
          for p in block..<min(shape.k, block + blockDepth) {
            chain = chain.addingProduct(a[i * shape.k + p], b[p * shape.n + j])
          }
          total = total.map { $0 + chain } ?? chain
        }
        result.append(total ?? 0)
      }
    }
    return result
  }

  /// The product, or nothing if memory around it or between its rows was written.
  func product(
    _ aLayout: GemmLayout, _ bLayout: GemmLayout, on kernels: ck_table, pool: ThreadPool
  ) -> [Element]? {
    let left = aLayout.placement(of: a, rows: shape.m, columns: shape.k, filler: .nan)
    let right = bLayout.placement(of: b, rows: shape.k, columns: shape.n, filler: .nan)
    let rowStride = shape.n + 2
    let x = GuardedBuffer(left.elements, misalignment: 1)
    let y = GuardedBuffer(right.elements, misalignment: 3)
    let c = GuardedBuffer(count: shape.m * rowStride, filler: Element.nan, misalignment: 1)
    PackedGemm.multiply(
      m: shape.m, n: shape.n, k: shape.k, a: x.start + left.first, aRowStride: left.rowStride,
      aColumnStride: left.columnStride, b: y.start + right.first, bRowStride: right.rowStride,
      bColumnStride: right.columnStride, c: c.start, cRowStride: rowStride, kernels: kernels,
      pool: pool)
    let elements = c.elements
    let gapsAreIntact = (0..<shape.m).allSatisfy { i in
      elements[(i * rowStride + shape.n)..<((i + 1) * rowStride)].allSatisfy(\.isNaN)
    }
    guard c.guardsAreIntact, gapsAreIntact else { return nil }
    return (0..<shape.m).flatMap { i in elements[(i * rowStride)..<(i * rowStride + shape.n)] }
  }
}
