import CPUKernels

/// Chooses a way through a matrix product and cuts it into pieces for the caches and the threads.
///
/// The ways differ in speed only: packed for large products (loops around a kernel, as in K. Goto
/// and R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008),
/// in place for small ones, and two for products with few rows, which read the right operand only once.
struct GemmDriver<Element: GemmElement> {
  private let pack: (a: GemmPacking<Element>, b: GemmPacking<Element>)
  private let macro: GemmMacro<Element>
  private let direct: GemmDirect<Element>
  private let gemv: GemmRow<Element>
  private let tileRows: Int
  private let tileColumns: Int
  private let pool: ThreadPool

  /// Rows of a packed block of the left operand: with its 384 columns it half fills a 1 MiB
  /// second-level cache for `Double` and a quarter for `Float`.
  private static var blockRows: Int { 192 }
  /// Columns of a packed block of the right operand: a few MiB, for the last cache level.
  private static var blockColumns: Int { 2048 }
  private static var blockDepth: Int { Int(CK_BLOCK_DEPTH) }
  /// Products with fewer multiplications do not repay packing or a second thread.
  private static var smallWork: Int { 64 * 64 * 64 }

  init(kernels: ck_table, pool: ThreadPool) {
    pack = (Element.packA(kernels), Element.packB(kernels))
    macro = Element.macro(kernels)
    direct = Element.direct(kernels)
    gemv = Element.gemv(kernels)
    tileRows = kernels.tile_rows
    tileColumns = Element.tileColumns(kernels)
    self.pool = pool
  }

  func run(_ product: GemmProduct<Element>) {
    if product.n == 1, product.m > 1 { return runAsRow(product) }
    let isSmall =
      Double(product.m) * Double(product.n) * Double(product.k) <= Double(Self.smallWork)
    if product.b.columnStride == 1, isSmall {
      runInPlace(product)
    } else if product.b.columnStride == 1, product.m == 1 {
      runRow(product)
    } else if product.m <= tileRows / 2 {
      runThin(product)
    } else {
      runPacked(product)
    }
  }

  /// A single column is the single row of the transposed product: exact products commute.
  private func runAsRow(_ product: GemmProduct<Element>) {
    ScratchStore.shared.withBuffer(of: Element.self, count: product.m) { row in
      run(
        GemmProduct(
          m: 1, n: product.m, k: product.k, a: product.b.transposed, b: product.a.transposed,
          c: row, cRowStride: product.m))
      for i in 0..<product.m { product.c[i * product.cRowStride] = row[i] }
    }
  }

  private func runInPlace(_ product: GemmProduct<Element>) {
    direct(
      product.m, product.n, product.k, product.a.start, product.a.rowStride,
      product.a.columnStride, product.b.start, product.b.rowStride, product.c, product.cRowStride,
      0)
  }

  private func runRow(_ product: GemmProduct<Element>) {
    let grain = max(1024, Self.smallWork / max(1, product.k))
    pool.parallelFor(count: product.n, grain: grain) { columns in
      gemv(
        columns.count, product.k, product.a.start, product.a.columnStride,
        product.b.start + columns.lowerBound, product.b.rowStride, product.c + columns.lowerBound)
    }
  }

  /// Packs one panel of the right operand at a time and uses it while it is in the cache.
  private func runThin(_ product: GemmProduct<Element>) {
    let panelCount = (product.n + tileColumns - 1) / tileColumns
    let grain = max(1, Self.smallWork / max(1, product.m * product.k * tileColumns))
    pool.parallelFor(count: panelCount, grain: grain) { panels in
      ScratchStore.shared.withBuffer(of: Element.self, count: Self.blockDepth * tileColumns) {
        panel in
        for index in panels {
          // At least once: a depth of 0 has to write zeros.
          var row = 0
          repeat {
            multiplyPanel(product, column: index * tileColumns, row: row, panel)
            row += Self.blockDepth
          } while row < product.k
        }
      }
    }
  }

  private func multiplyPanel(
    _ product: GemmProduct<Element>, column: Int, row: Int, _ panel: UnsafeMutablePointer<Element>
  ) {
    let width = min(tileColumns, product.n - column)
    let depth = min(Self.blockDepth, product.k - row)
    let a = product.a.from(row: 0, column: row)
    let b = product.b.from(row: row, column: column)
    pack.b(panel, b.start, b.columnStride, b.rowStride, width, depth)
    direct(
      product.m, width, depth, a.start, a.rowStride, a.columnStride, panel, tileColumns,
      product.c + column, product.cRowStride, row > 0 ? 1 : 0)
  }

  private func runPacked(_ product: GemmProduct<Element>) {
    let depth = min(Self.blockDepth, product.k)
    let columns = min(Self.blockColumns, product.n)
    let packedColumns = (columns + tileColumns - 1) / tileColumns * tileColumns
    ScratchStore.shared.withBuffer(of: Element.self, count: packedColumns * depth) { packedB in
      for column in stride(from: 0, to: product.n, by: Self.blockColumns) {
        // At least once: a depth of 0 has to write zeros.
        var row = 0
        repeat {
          let block = GemmBlock(
            column: column, width: min(Self.blockColumns, product.n - column), row: row,
            depth: min(Self.blockDepth, product.k - row))
          packRight(product, block, into: packedB)
          multiply(product, block, by: packedB)
          row += Self.blockDepth
        } while row < product.k
      }
    }
  }

  private func packRight(
    _ product: GemmProduct<Element>, _ block: GemmBlock, into packed: UnsafeMutablePointer<Element>
  ) {
    let panelCount = (block.width + tileColumns - 1) / tileColumns
    pool.parallelFor(count: panelCount, grain: 4) { panels in
      let offset = panels.lowerBound * tileColumns
      let b = product.b.from(row: block.row, column: block.column + offset)
      pack.b(
        packed + offset * block.depth, b.start, b.columnStride, b.rowStride,
        min(panels.count * tileColumns, block.width - offset), block.depth)
    }
  }

  private func multiply(
    _ product: GemmProduct<Element>, _ block: GemmBlock, by packedB: UnsafePointer<Element>
  ) {
    let tasks = GemmTasks(
      rows: product.m, columns: block.width, tileRows: tileRows, tileColumns: tileColumns,
      maximumRows: Self.blockRows, threadCount: pool.threadCount)
    pool.parallelFor(count: tasks.count, grain: 1) { indices in
      ScratchStore.shared.withBuffer(of: Element.self, count: tasks.rowStep * block.depth) {
        packedA in
        for index in indices {
          let (rows, columns) = tasks[index]
          let a = product.a.from(row: rows.lowerBound, column: block.row)
          pack.a(packedA, a.start, a.rowStride, a.columnStride, rows.count, block.depth)
          let c = rows.lowerBound * product.cRowStride + block.column + columns.lowerBound
          macro(
            rows.count, columns.count, block.depth, packedA,
            packedB + columns.lowerBound * block.depth, product.c + c, product.cRowStride,
            block.row > 0 ? 1 : 0)
        }
      }
    }
  }
}

/// The part of the right operand that is packed at one time.
private struct GemmBlock {
  var column: Int
  var width: Int
  var row: Int
  var depth: Int
}
