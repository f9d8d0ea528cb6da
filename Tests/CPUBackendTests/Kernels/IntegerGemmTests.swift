import CPUBackend
import CPUKernels
import Testing

@Suite("Integer matrix products")
struct IntegerGemmTests {
  @Test(
    "Products are exact for any shape, transposed operands included",
    arguments: [(1, 1, 1), (3, 5, 0), (5, 17, 9), (4, 16, 384), (9, 33, 800), (70, 40, 50)])
  func exactProducts(_ m: Int, _ n: Int, _ k: Int) {
    var source = ValueSource(seed: 21)
    let a: [Int16] = source.integers(m * k)
    let b: [Int16] = source.integers(k * n)
    for table in KernelLibrary.tables {
      for transposed in [false, true] {
        let (row, column) = transposed ? (1, m) : (k, 1)
        let c = GuardedBuffer(count: m * (n + 1), filler: Int32(-1), misalignment: 1)
        IntegerGemm.multiply(
          m: m, n: n, k: k, a: GuardedBuffer(a).elements, aRowStride: row, aColumnStride: column,
          b: b, bRowStride: n, c: c.start, cRowStride: n + 1, kernels: table,
          pool: ThreadPool(threadCount: 2))
        for i in 0..<m {
          for j in 0..<n {
            let exact = (0..<k).reduce(0) { sum, p in
              sum + Int(a[i * row + p * column]) * Int(b[p * n + j])
            }
            #expect(c.start[i * (n + 1) + j] == Int32(truncatingIfNeeded: exact))
          }
          #expect(c.start[i * (n + 1) + n] == -1)
        }
        #expect(c.guardsAreIntact)
      }
    }
  }

  @Test("Sums wrap around instead of trapping")
  func wraps() {
    let a = [Int16](repeating: .min, count: 4)
    for table in KernelLibrary.tables {
      var c = Int32(1)
      IntegerGemm.multiply(
        m: 1, n: 1, k: 4, a: a, aRowStride: 4, aColumnStride: 1, b: a, bRowStride: 1, c: &c,
        cRowStride: 1, kernels: table)
      #expect(c == 0)
    }
  }

  @Test("Zero points are subtracted before the product")
  func zeroPoints() {
    var unsigned = [Int16](repeating: 0, count: 3)
    IntegerGemm.widen([0, 128, 255] as [UInt8], minus: 200, into: &unsigned, count: 3)
    #expect(unsigned == [-200, -72, 55])
    var signed = [Int16](repeating: 0, count: 3)
    IntegerGemm.widen([-128, 0, 127] as [Int8], minus: -128, into: &signed, count: 3)
    #expect(signed == [0, 128, 255])
  }
}
