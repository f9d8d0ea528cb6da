package import Tensors

/// The geometry of a batched matrix product and its evaluation for every element type.
package struct MatrixProduct {
  /// The shape of the result.
  package let shape: Shape
  private let rows: Int
  private let columns: Int
  private let depth: Int
  /// For each product of the batch, the position of its operands in units of whole matrices.
  private let pairs: [(a: Int, b: Int)]

  /// - Throws: `invalidInput` when the shapes do not fit.
  package init(_ a: Shape, _ b: Shape) throws(KernelError) {
    guard !a.isEmpty, !b.isEmpty else {
      throw .invalidInput("a scalar has no matrix product")
    }
    let left = a.count == 1 ? [1] + a : a
    let right = b.count == 1 ? b + [1] : b
    (rows, depth) = (left[left.count - 2], left[left.count - 1])
    columns = right[right.count - 1]
    guard right[right.count - 2] == depth else {
      throw .invalidInput("the inner dimensions of \(a) and \(b) differ")
    }
    let (outerLeft, outerRight) = (Array(left.dropLast(2)), Array(right.dropLast(2)))
    let batch = try Axes.broadcast(outerLeft, outerRight)
    _ = try Allocation.count(of: batch + [rows, columns], type: .f64)
    // A batch of empty products needs no work, however many there are.
    pairs = rows == 0 || columns == 0 ? [] : Self.pairs(batch, outerLeft, outerRight)
    shape = batch + (a.count == 1 ? [] : [rows]) + (b.count == 1 ? [] : [columns])
  }

  private static func pairs(_ batch: Shape, _ a: Shape, _ b: Shape) -> [(a: Int, b: Int)] {
    let left = StridedView(broadcasting: a, to: batch).positions
    let right = StridedView(broadcasting: b, to: batch).positions
    return zip(left, right).map { (a: $0, b: $1) }
  }

  /// The product of two tensors of one type and of the shapes given before.
  package func tensor(
    _ a: Tensor, _ b: Tensor, pool: ThreadPool
  ) throws(KernelError) -> Tensor {
    guard a.type == b.type else {
      throw .invalidInput("\(a.type.onnxName) and \(b.type.onnxName) are multiplied")
    }
    switch a.type {
    case .i32: return try wrapping(a.elements(Int32.self), b.elements(Int32.self), a.type)
    case .i64: return try wrapping(a.elements(Int64.self), b.elements(Int64.self), a.type)
    case .u32: return try wrapping(a.elements(UInt32.self), b.elements(UInt32.self), a.type)
    case .u64: return try wrapping(a.elements(UInt64.self), b.elements(UInt64.self), a.type)
    case .f64: return try floating(a, b, as: Double.self, pool)
    default: return try floating(a, b, as: Float.self, pool)
    }
  }

  private func floating<Number: Real & GemmElement>(
    _ a: Tensor, _ b: Tensor, as _: Number.Type, _ pool: ThreadPool
  ) throws(KernelError) -> Tensor {
    let (left, right) = (try a.reals(Number.self), try b.reals(Number.self))
    var result = [Number](repeating: 0, count: pairs.count * rows * columns)
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        result.withUnsafeMutableBufferPointer { result in
          // Without elements on a side there is no memory to point to, and the sums stay zero.
          guard let a = left.baseAddress, let b = right.baseAddress,
            let c = result.baseAddress, depth > 0
          else { return }
          for (index, pair) in pairs.enumerated() {
            PackedGemm.multiply(
              m: rows, n: columns, k: depth,
              a: a + pair.a * rows * depth, aRowStride: depth, aColumnStride: 1,
              b: b + pair.b * depth * columns, bRowStride: columns, bColumnStride: 1,
              c: c + index * rows * columns, cRowStride: columns, pool: pool)
          }
        }
      }
    }
    return try .rounding(result, to: a.type, shape)
  }

  private func wrapping<Number: FixedWidthInteger & BitwiseCopyable>(
    _ a: [Number], _ b: [Number], _ type: ElementType
  ) throws(KernelError) -> Tensor {
    var result = [Number](repeating: 0, count: pairs.count * rows * columns)
    for (index, pair) in pairs.enumerated() {
      for row in 0..<rows {
        let target = (index * rows + row) * columns
        for inner in 0..<depth {
          let factor = a[(pair.a * rows + row) * depth + inner]
          let source = (pair.b * depth + inner) * columns
          for column in 0..<columns { result[target + column] &+= factor &* b[source + column] }
        }
      }
    }
    return try .of(type, shape, result)
  }
}
