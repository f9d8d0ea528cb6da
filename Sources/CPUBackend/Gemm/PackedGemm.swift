package import CPUKernels

/// Matrix products of `Float` and `Double`.
///
/// Each element of the product is Σ over blocks of 384 depth indices, in order, of the chain
/// s = fma(a[i, p], b[p, j], s) that starts at +0: the same bits on every instruction set, for any
/// number of threads, and for any way the operands lie in memory. The error of an element is at
/// most γ(k)·Σ|a·b| with γ(k) = k·u/(1 − k·u) (N. J. Higham, *Accuracy and Stability of Numerical
/// Algorithms*, 2nd ed., §3.1).
package enum PackedGemm {
  /// c = a · b.
  ///
  /// May be called from several threads; one of them at a time uses the thread pool.
  /// - Parameters:
  ///   - m: Rows of `a` and `c`; nothing is done unless `m` and `n` are positive.
  ///   - n: Columns of `b` and `c`.
  ///   - k: Columns of `a` and rows of `b`; if it is 0, `c` is filled with +0.
  ///   - a: Element (i, p) at `i * aRowStride + p * aColumnStride`; strides may be 0 or negative.
  ///   - b: Element (p, j) at `p * bRowStride + j * bColumnStride`.
  ///   - c: Element (i, j) at `i * cRowStride + j`; must not overlap `a` or `b`. Its old values are
  ///     not read.
  ///   - kernels: The kernels to use.
  ///   - pool: The threads to use.
  package static func multiply<Element: GemmElement>(
    m: Int, n: Int, k: Int,
    a: UnsafePointer<Element>, aRowStride: Int, aColumnStride: Int,
    b: UnsafePointer<Element>, bRowStride: Int, bColumnStride: Int,
    c: UnsafeMutablePointer<Element>, cRowStride: Int,
    kernels: ck_table = KernelTable.best, pool: ThreadPool = .shared
  ) {
    guard m > 0, n > 0 else { return }
    let product = GemmProduct(
      m: m, n: n, k: max(0, k),
      a: StridedMatrix(start: a, rowStride: aRowStride, columnStride: aColumnStride),
      b: StridedMatrix(start: b, rowStride: bRowStride, columnStride: bColumnStride),
      c: c, cRowStride: cRowStride)
    GemmDriver(kernels: kernels, pool: pool).run(product)
  }
}

/// The kernels this process uses unless a caller chooses others.
package enum KernelTable {
  /// The best table of this machine, or the one that `ASSAY_CPU_ISA` named when first asked.
  package static let best: ck_table = ck_best().pointee
}

/// The operands of one matrix product.
struct GemmProduct<Element: GemmElement> {
  var m: Int
  var n: Int
  var k: Int
  var a: StridedMatrix<Element>
  var b: StridedMatrix<Element>
  var c: UnsafeMutablePointer<Element>
  var cRowStride: Int
}
