import CPUBackend
import CPUKernels

/// A row times a matrix that fits no near cache: a measure of memory, not of arithmetic.
struct RowBenchmark {
  var size = 4096

  func run(on tables: [ck_table]) {
    print("\nRow times \(size) x \(size) matrix, GB/s")
    print("     isa  threads  transposed    best  median")
    let matrix = Buffer(count: size * size, fill: noise)
    let x = Buffer(count: size, fill: noise)
    let y = Buffer(count: size) { _ in Float.nan }
    // Without FMA instructions this would measure the C library's fma.
    for table in tables where String(cString: table.name) != "scalar" {
      for transposed in [false, true] {
        for threads in [1, 2] {
          measure(table, threads: threads, transposed: transposed, x, matrix, y)
        }
      }
    }
  }

  private func measure(
    _ table: ck_table, threads: Int, transposed: Bool, _ x: Buffer<Float>,
    _ matrix: Buffer<Float>, _ y: Buffer<Float>
  ) {
    let pool = ThreadPool(threadCount: threads)
    let timing = Timing(repetitions: 12) {
      PackedGemm.multiply(
        m: 1, n: size, k: size, a: x.start, aRowStride: size, aColumnStride: 1,
        b: matrix.start, bRowStride: transposed ? 1 : size,
        bColumnStride: transposed ? size : 1, c: y.start, cRowStride: size, kernels: table,
        pool: pool)
    }
    let gigabytes = 4e-9 * Double(size * size)
    let cells = [
      column(String(cString: table.name), width: 8), column("\(threads)", width: 9),
      column(transposed ? "yes" : "no", width: 12),
      column(gigabytes / timing.minimum, digits: 1, width: 8),
      column(gigabytes / timing.median, digits: 1, width: 8),
    ]
    print(cells.joined())
  }
}
