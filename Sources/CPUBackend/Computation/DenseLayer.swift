/// Products of rows with a matrix of weights, as recurrent operators need them.
package enum DenseLayer {
  /// x · wᵀ of dense matrices with rows of `depth` elements; zeros for a depth of zero.
  package static func product<Number: Real & GemmElement>(
    _ x: ArraySlice<Number>, rows: Int, _ w: ArraySlice<Number>, columns: Int, depth: Int,
    pool: ThreadPool
  ) -> [Number] {
    var result = [Number](repeating: 0, count: rows * columns)
    x.withUnsafeBufferPointer { x in
      w.withUnsafeBufferPointer { w in
        result.withUnsafeMutableBufferPointer { result in
          guard let a = x.baseAddress, let b = w.baseAddress, let c = result.baseAddress,
            depth > 0
          else { return }
          PackedGemm.multiply(
            m: rows, n: columns, k: depth, a: a, aRowStride: depth, aColumnStride: 1, b: b,
            bRowStride: 1, bColumnStride: depth, c: c, cRowStride: columns, pool: pool)
        }
      }
    }
    return result
  }
}
