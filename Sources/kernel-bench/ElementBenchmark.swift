import CPUKernels

/// Every kernel that works along a row, in nanoseconds per element, on rows that fit a cache.
struct ElementBenchmark {
  var count = 16384

  func run(on tables: [ck_table]) {
    print("\nKernels on \(count) elements, ns per element, minimum / median")
    let names = tables.map { column(String(cString: $0.name), width: 16) }
    print(column("kernel", width: 20) + names.joined())
    let operands = RowOperands(count: count)
    var kernelCount = 0
    let kernels = ck_kernels(&kernelCount)
    for kernel in UnsafeBufferPointer(start: kernels, count: kernelCount) {
      let cells = tables.compactMap { table in operands.call(kernel, of: table).map(cell) }
      guard !cells.isEmpty else { continue }
      print(column(String(cString: kernel.name), width: 20) + cells.joined())
    }
  }

  private func cell(_ body: () -> Void) -> String {
    let timing = Timing(repetitions: 60, body)
    let scale = 1e9 / Double(count)
    return column(timing.minimum * scale, digits: 3, width: 9)
      + column(timing.median * scale, digits: 3, width: 7)
  }
}
