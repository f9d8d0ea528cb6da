import CPUKernels
import Testing

@Suite("Reductions and row kernels")
struct ReductionTests {
  /// The contract in words: sixteen lanes, then halves.
  private func tree(_ lanes: [Float]) -> Float {
    guard lanes.count > 1 else { return lanes[0] }
    let half = lanes.count / 2
    return tree((0..<half).map { lanes[$0] + lanes[$0 + half] })
  }

  private func lanes(_ count: Int, _ step: (Float, Int) -> Float) -> [Float] {
    var lanes = [Float](repeating: 0, count: 16)
    for i in 0..<count { lanes[i % 16] = step(lanes[i % 16], i) }
    return lanes
  }

  @Test("Sums follow the documented tree", arguments: [0, 1, 15, 16, 17, 100, 1000])
  func sums(_ count: Int) {
    var source = ValueSource(seed: UInt64(count) + 1)
    let x: [Float] = source.finite(count)
    let y: [Float] = source.finite(count)
    for table in KernelLibrary.tables {
      #expect(table.sum_f32(x, count) == tree(lanes(count) { $0 + x[$1] }))
      #expect(
        table.sum_of_squares_f32(x, count)
          == tree(lanes(count) { $0.addingProduct(x[$1], x[$1]) }))
      #expect(table.dot_f32(x, y, count) == tree(lanes(count) { $0.addingProduct(x[$1], y[$1]) }))
    }
  }

  @Test("Reductions of nothing give the neutral element")
  func empty() {
    for table in KernelLibrary.tables {
      #expect(table.sum_f32([1], 0).bitPattern == 0)
      #expect(table.sum_of_squares_f32([1], 0).bitPattern == 0)
      #expect(table.dot_f32([1], [1], 0).bitPattern == 0)
      #expect(table.maximum_f32([1], 0) == -.infinity)
      #expect(table.minimum_f32([1], 0) == .infinity)
    }
  }

  @Test("The extreme values are found at every place", arguments: [1, 16, 17, 64, 81])
  func extremes(_ count: Int) {
    for table in KernelLibrary.tables {
      for place in 0..<count {
        var x = [Float](repeating: 1, count: count)
        x[place] = 2
        #expect(table.maximum_f32(x, count) == 2)
        x[place] = -2
        #expect(table.minimum_f32(x, count) == -2)
        x[place] = .nan
        #expect(table.maximum_f32(x, count).isNaN)
        #expect(table.minimum_f32(x, count).isNaN)
      }
    }
  }

  @Test("Of two zeros the positive one is more")
  func signedZeros() {
    for table in KernelLibrary.tables {
      for x in [[Float(0), -0.0], [-0.0, 0]] {
        #expect(table.maximum_f32(x, 2).sign == .plus)
        #expect(table.minimum_f32(x, 2).sign == .minus)
        let y = GuardedBuffer(count: 2, filler: Float.nan)
        table.max_f32(x, 1, x.reversed(), 1, y.start, 2)
        #expect(y.elements.map(\.sign) == [.plus, .plus])
        table.min_f32(x, 1, x.reversed(), 1, y.start, 2)
        #expect(y.elements.map(\.sign) == [.minus, .minus])
      }
    }
  }

  @Test("A softmax of equal values is exactly uniform", arguments: [1, 2, 16, 24, 128])
  func uniformSoftmax(_ count: Int) {
    for table in KernelLibrary.tables {
      for value in [Float(0), 1e30, -3] {
        let y = GuardedBuffer(count: count, filler: Float.nan)
        table.softmax_f32([Float](repeating: value, count: count), y.start, count)
        #expect(y.elements == [Float](repeating: 1 / Float(count), count: count))
      }
    }
  }

  @Test("A value far below the others has no share, and the largest no overflow")
  func softmaxRange() {
    for table in KernelLibrary.tables {
      let y = GuardedBuffer(count: 3, filler: Float.nan)
      table.softmax_f32([1000, -1000, -.infinity], y.start, 3)
      #expect(y.elements == [1, 0, 0])
    }
  }

  @Test(
    "A row without a finite maximum has no softmax",
    arguments: [[Float.nan, 1], [.infinity, 1], [-.infinity, -.infinity]])
  func undefinedSoftmax(_ row: [Float]) {
    for table in KernelLibrary.tables {
      let y = GuardedBuffer(count: 2, filler: Float(0))
      table.softmax_f32(row, y.start, 2)
      #expect(y.elements.allSatisfy { $0.isNaN })
    }
  }

  @Test("A transposed matrix has its elements where they belong and nothing else")
  func transposition() {
    var source = ValueSource(seed: 3)
    let (rows, columns) = (37, 70)
    let x: [UInt32] = source.integers(rows * (columns + 2))
    for table in KernelLibrary.tables {
      let y = GuardedBuffer(count: columns * (rows + 1), filler: UInt32(7))
      table.transpose_b32(rows, columns, x, columns + 2, y.start, rows + 1)
      for j in 0..<columns {
        for i in 0..<rows { #expect(y.start[j * (rows + 1) + i] == x[i * (columns + 2) + j]) }
        #expect(y.start[j * (rows + 1) + rows] == 7)
      }
    }
  }
}
