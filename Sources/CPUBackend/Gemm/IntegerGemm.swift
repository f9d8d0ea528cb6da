package import CPUKernels

/// Exact matrix products of quantised operands.
package enum IntegerGemm {
  /// c = a · b with 32-bit sums that wrap around.
  ///
  /// Operands are 16 bits wide so that an 8-bit value minus its zero point fits; `widen` makes
  /// them. Products of such values cannot overflow a sum of fewer than 2^15 of them.
  /// - Parameters:
  ///   - m: Rows of `a` and `c`; nothing is done unless `m` and `n` are positive.
  ///   - n: Columns of `b` and `c`.
  ///   - k: Columns of `a` and rows of `b`; if it is 0, `c` is filled with 0.
  ///   - a: Element (i, p) at `i * aRowStride + p * aColumnStride`.
  ///   - b: Element (p, j) at `p * bRowStride + j`.
  ///   - c: Element (i, j) at `i * cRowStride + j`; must not overlap `a` or `b`.
  ///   - kernels: The kernels to use.
  ///   - pool: The threads to use.
  package static func multiply(
    m: Int, n: Int, k: Int,
    a: UnsafePointer<Int16>, aRowStride: Int, aColumnStride: Int,
    b: UnsafePointer<Int16>, bRowStride: Int,
    c: UnsafeMutablePointer<Int32>, cRowStride: Int,
    kernels: ck_table = KernelTable.best, pool: ThreadPool = .shared
  ) {
    guard m > 0, n > 0 else { return }
    // Rows in fours, as the kernel takes them; at least some 20 µs of work to a range.
    let workPerGroup = 4 * max(1, n) * max(1, k)
    pool.parallelFor(count: (m + 3) / 4, grain: max(1, 262_144 / workPerGroup)) { groups in
      let row = groups.lowerBound * 4
      kernels.gemm_direct_i16(
        min(m - row, groups.count * 4), n, max(0, k), a + row * aRowStride, aRowStride,
        aColumnStride, b, bRowStride, c + row * cRowStride, cRowStride)
    }
  }

  /// Writes `x[i] - zero` for each of `count` unsigned elements.
  package static func widen(
    _ x: UnsafePointer<UInt8>, minus zero: UInt8, into y: UnsafeMutablePointer<Int16>, count: Int,
    kernels: ck_table = KernelTable.best
  ) {
    kernels.offset_u8(x, Int16(zero), y, max(0, count))
  }

  /// Writes `x[i] - zero` for each of `count` signed elements.
  package static func widen(
    _ x: UnsafePointer<Int8>, minus zero: Int8, into y: UnsafeMutablePointer<Int16>, count: Int,
    kernels: ck_table = KernelTable.best
  ) {
    kernels.offset_s8(x, Int16(zero), y, max(0, count))
  }
}
