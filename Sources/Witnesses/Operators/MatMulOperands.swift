import CPUBackend
import Tensors

/// The matrices of a batched product and which of them are multiplied.
struct MatMulOperands {
  let rows: Int
  let columns: Int
  let depth: Int
  /// For each product the numbers of its matrices.
  let pairs: [(left: Int, right: Int)]

  /// Requires shapes that fit; vectors are a row on the left and a column on the right.
  init(_ a: Shape, _ b: Shape) throws(KernelError) {
    let left = a.count == 1 ? [1] + a : a
    let right = b.count == 1 ? b + [1] : b
    (rows, depth) = (left[left.count - 2], left[left.count - 1])
    columns = right[right.count - 1]
    let outer = (Array(left.dropLast(2)), Array(right.dropLast(2)))
    let batch = try Axes.broadcast(outer.0, outer.1)
    pairs =
      rows == 0 || columns == 0
      ? []
      : zip(
        StridedView(broadcasting: outer.0, to: batch).positions,
        StridedView(broadcasting: outer.1, to: batch).positions
      ).map { (left: $0, right: $1) }
  }

  /// The sums of products of integers, modulo 2^32.
  func sums(_ a: [Int64], _ b: [Int64]) -> [Int32] {
    pairs.flatMap { pair in
      (0..<rows * columns).map { element in
        let (row, column) = (element / columns, element % columns)
        let sum = (0..<depth).reduce(Int64(0)) { sum, inner in
          sum &+ a[(pair.left * rows + row) * depth + inner]
            &* b[(pair.right * depth + inner) * columns + column]
        }
        return Int32(truncatingIfNeeded: sum)
      }
    }
  }
}
