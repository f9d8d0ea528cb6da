import CPUBackend
import CPUKernels

/// Square matrix products against the peak that the same core reached just before and after.
struct GemmBenchmark {
  var sizes = [512, 1024, 2048]
  var threadCounts = [1, 2]
  /// A size is left out where the peak says that one product takes longer, in seconds.
  var patience = 1.0

  func run(on tables: [ck_table]) {
    print("Matrix products, GFLOP/s (% of the FMA peak of the threads used)")
    print("     isa  threads  size     peak     best           median")
    for size in sizes {
      let operands = (0..<2).map { operand in
        Buffer(count: size * size) { noise($0 + operand * size * size) }
      }
      let product = Buffer(count: size * size) { _ in Float.nan }
      for table in tables {
        for threads in threadCounts {
          measure(size: size, threads: threads, table, operands[0], operands[1], product)
        }
      }
    }
  }

  private func measure(
    size: Int, threads: Int, _ table: ck_table, _ a: Buffer<Float>, _ b: Buffer<Float>,
    _ c: Buffer<Float>
  ) {
    let work = 2 * Double(size) * Double(size) * Double(size)
    let before = peak(of: table)
    guard work / before < patience else { return }
    let pool = ThreadPool(threadCount: threads)
    let repetitions = max(5, min(200, Int(before / work)))
    let timing = Timing(repetitions: repetitions) {
      PackedGemm.multiply(
        m: size, n: size, k: size, a: a.start, aRowStride: size, aColumnStride: 1, b: b.start,
        bRowStride: size, bColumnStride: 1, c: c.start, cRowStride: size, kernels: table,
        pool: pool)
    }
    let limit = max(before, peak(of: table)) * Double(pool.threadCount)
    let cells = [
      column(String(cString: table.name), width: 8), column("\(pool.threadCount)", width: 9),
      column("\(size)", width: 6), column(limit * 1e-9, digits: 1, width: 9),
      rate(work / timing.minimum, of: limit), rate(work / timing.median, of: limit),
    ]
    print(cells.joined())
  }

  private func rate(_ value: Double, of limit: Double) -> String {
    column(value * 1e-9, digits: 1, width: 9) + " ("
      + column(100 * value / limit, digits: 0, width: 3) + " %)"
  }
}

/// Floating-point operations per second of one core that does nothing but multiply and add.
func peak(of table: ck_table) -> Double {
  // Without an FMA instruction each one is a call, so a short probe says enough.
  let probe = Timing(repetitions: 1) { _ = table.fma_peak(2000) }
  let iterations = max(2000, min(500_000, Int(2000 * 0.004 / probe.minimum)))
  var work = 0.0
  let timing = Timing(repetitions: 15) { work = table.fma_peak(iterations) }
  return work / timing.minimum
}
