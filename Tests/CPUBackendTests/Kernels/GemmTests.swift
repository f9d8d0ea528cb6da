import CPUBackend
import CPUKernels
import Testing

@Suite("Matrix products")
struct GemmTests {
  static let shapes = [
    // Degenerate, small and in place, edges of all tiles.
    GemmShape(1, 1, 1), GemmShape(3, 4, 0), GemmShape(2, 3, 5), GemmShape(13, 33, 7),
    GemmShape(4, 16, 385),
    // One row, one column, a few rows.
    GemmShape(1, 1500, 400), GemmShape(150, 1, 900), GemmShape(5, 70, 1000),
    // Packed: several blocks of depth, of rows, of columns, and no depth at all.
    GemmShape(61, 77, 133), GemmShape(40, 50, 800), GemmShape(200, 70, 30),
    GemmShape(14, 2100, 12), GemmShape(13, 3000, 0),
  ]

  @Test("Every layout and instruction set gives the chain of the definition", arguments: shapes)
  func matchesDefinition(_ shape: GemmShape) {
    let pool = ThreadPool(threadCount: 2)
    let trial = GemmTrial<Float>(shape: shape, seed: 11)
    let expected = trial.reference().map(\.bitPattern)
    for (a, b) in [
      (GemmLayout.rows, GemmLayout.rows), (.columns, .rows), (.rows, .columns),
      (.spread, .backwards), (.backwards, .spread),
    ] {
      for table in KernelLibrary.tables {
        let product = trial.product(a, b, on: table, pool: pool)
        #expect(product?.map(\.bitPattern) == expected, "\(table.title): \(a) by \(b)")
      }
    }
  }

  @Test("Double follows the same definition", arguments: shapes)
  func matchesDefinitionInDouble(_ shape: GemmShape) {
    let pool = ThreadPool(threadCount: 2)
    let trial = GemmTrial<Double>(shape: shape, seed: 12)
    let expected = trial.reference().map(\.bitPattern)
    for table in KernelLibrary.tables {
      let product = trial.product(.columns, .rows, on: table, pool: pool)
      #expect(product?.map(\.bitPattern) == expected, "\(table.title)")
    }
  }

  @Test("The number of threads cannot be seen in the result", arguments: [2, 3, 5])
  func threadCounts(_ threadCount: Int) {
    let alone = ThreadPool(threadCount: 1)
    let several = ThreadPool(threadCount: threadCount)
    let best = KernelLibrary.tables[0]
    for shape in [GemmShape(400, 100, 400), GemmShape(1, 5000, 60), GemmShape(3, 900, 100)] {
      let trial = GemmTrial<Float>(shape: shape, seed: 13)
      let expected = trial.product(.rows, .rows, on: best, pool: alone)
      #expect(expected != nil)
      for _ in 0..<3 {
        #expect(trial.product(.rows, .rows, on: best, pool: several) == expected)
        #expect(trial.product(.rows, .columns, on: best, pool: several) == expected)
      }
    }
  }

  @Test("Another order of summation would be noticed")
  func orderMatters() {
    let trial = GemmTrial<Float>(shape: GemmShape(3, 3, 800), seed: 14)
    #expect(trial.reference() != trial.reference(blockDepth: 400))
  }

  @Test("Exceptional values pass through the chain")
  func specialValues() {
    // In each row of a one exceptional value meets ordinary ones.
    let a: [Float] = [.infinity, 1, .nan, 1, -.infinity, 1, 0x1p127, 1, -0.0, 0]
    let b: [Float] = [2, -2, 1, 1]
    for table in KernelLibrary.tables {
      let c = GuardedBuffer(count: 10, filler: Float(7))
      PackedGemm.multiply(
        m: 5, n: 2, k: 2, a: a, aRowStride: 2, aColumnStride: 1, b: b, bRowStride: 2,
        bColumnStride: 1, c: c.start, cRowStride: 2, kernels: table)
      let expected: [Float] = [
        .infinity, -.infinity, .nan, .nan, -.infinity, .infinity, .infinity, -.infinity, 0, 0,
      ]
      #expect(c.elements.map(canonical) == expected.map(canonical))
    }
  }

  @Test("Packed panels hold the operand, padded with zeros")
  func packing() {
    var source = ValueSource(seed: 15)
    let x: [Float] = source.finite(100 * 100)
    for table in KernelLibrary.tables {
      for (width, pack) in [
        (table.tile_rows, table.gemm_pack_a_f32), (table.tile_columns_f32, table.gemm_pack_b_f32),
      ] {
        for (stride, depthStride) in [(1, 100), (100, 1), (3, 200)] {
          for (count, depth) in [(width, 20), (width + 3, 33), (2 * width - 1, 3), (1, 1)] {
            let size = (count + width - 1) / width * width * depth
            let panels = GuardedBuffer(count: size, filler: Float.nan, misalignment: 1)
            guard count * stride + depth * depthStride < x.count else { continue }
            pack(panels.start, x, stride, depthStride, count, depth)
            let expected = (0..<size).map { place -> Float in
              let i = place / (width * depth) * width + place % width
              let p = place % (width * depth) / width
              return i < count ? x[i * stride + p * depthStride] : 0
            }
            #expect(panels.elements == expected && panels.guardsAreIntact)
          }
        }
      }
    }
  }
}
