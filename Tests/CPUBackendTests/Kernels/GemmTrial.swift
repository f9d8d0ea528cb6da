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

  /// Strides, elements and the place of element (0, 0) of a matrix in this layout.
  func placement(rows: Int, columns: Int) -> (row: Int, column: Int, count: Int, first: Int) {
    switch self {
    case .rows: (columns + 3, 1, rows * (columns + 3), 0)
    case .columns: (1, rows, rows * columns, 0)
    case .spread: (2 * columns + 1, 2, rows * (2 * columns + 1), 0)
    case .backwards: (-columns, 1, rows * columns, max(0, rows - 1) * columns)
    }
  }
}

/// One product of two random matrices.
struct GemmTrial<Element: GemmElement & BinaryFloatingPoint> {
  let shape: GemmShape
  private let a: [Element]
  private let b: [Element]
  private let aPlace: (row: Int, column: Int, count: Int, first: Int)
  private let bPlace: (row: Int, column: Int, count: Int, first: Int)

  init(shape: GemmShape, a aLayout: GemmLayout, b bLayout: GemmLayout, seed: UInt64) {
    self.shape = shape
    aPlace = aLayout.placement(rows: shape.m, columns: shape.k)
    bPlace = bLayout.placement(rows: shape.k, columns: shape.n)
    var source = ValueSource(seed: seed)
    a = source.finite(aPlace.count)
    b = source.finite(bPlace.count)
  }

  /// The documented sequence of operations.
  var reference: [Element] { reference(blockDepth: 384) }

  func reference(blockDepth: Int) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(shape.m * shape.n)
    for i in 0..<shape.m {
      for j in 0..<shape.n {
        var total: Element?
        for block in stride(from: 0, to: shape.k, by: blockDepth) {
          var chain: Element = 0
          for p in block..<min(shape.k, block + blockDepth) {
            chain = chain.addingProduct(
              a[aPlace.first + i * aPlace.row + p * aPlace.column],
              b[bPlace.first + p * bPlace.row + j * bPlace.column])
          }
          total = total.map { $0 + chain } ?? chain
        }
        result.append(total ?? 0)
      }
    }
    return result
  }

  /// The product, or nothing if memory around it or between its rows was written.
  func product(on kernels: ck_table, pool: ThreadPool) -> [Element]? {
    let rowStride = shape.n + 2
    let left = GuardedBuffer(a, misalignment: 1)
    let right = GuardedBuffer(b, misalignment: 3)
    let c = GuardedBuffer(count: shape.m * rowStride, filler: Element.nan, misalignment: 1)
    PackedGemm.multiply(
      m: shape.m, n: shape.n, k: shape.k, a: left.start + aPlace.first, aRowStride: aPlace.row,
      aColumnStride: aPlace.column, b: right.start + bPlace.first, bRowStride: bPlace.row,
      bColumnStride: bPlace.column, c: c.start, cRowStride: rowStride, kernels: kernels,
      pool: pool)
    let elements = c.elements
    let gapsAreIntact = (0..<shape.m).allSatisfy { i in
      elements[(i * rowStride + shape.n)..<((i + 1) * rowStride)].allSatisfy(\.isNaN)
    }
    guard c.guardsAreIntact, gapsAreIntact else { return nil }
    return (0..<shape.m).flatMap { i in elements[(i * rowStride)..<(i * rowStride + shape.n)] }
  }
}
