package import Tensors

/// A tensor read through strides: element (i, j, …) is at `offset + i·strides[0] + j·strides[1] …`.
///
/// Transposition, slicing, broadcasting and tiling are views; `tensor(of:)` writes one out.
package struct StridedView: Movement {
  package let shape: Shape
  /// In elements; zero repeats an element, negative walks backwards.
  package let strides: [Int]
  /// The position of the element whose indices are all zero.
  package let offset: Int

  /// Requires strides that keep every index of the shape inside the tensor it is used with.
  package init(shape: Shape, strides: [Int], offset: Int = 0) {
    self.shape = shape
    self.strides = strides
    self.offset = offset
  }

  /// The whole tensor with its axes in another order.
  package init(_ shape: Shape, permutation: [Int]) {
    let strides = shape.rowMajorStrides
    self.init(
      shape: permutation.map { shape[$0] }, strides: permutation.map { strides[$0] })
  }

  /// A tensor repeated to a shape that it broadcasts to.
  package init(broadcasting source: Shape, to shape: Shape) {
    let missing = shape.count - source.count
    let own = source.rowMajorStrides
    let strides = shape.indices.map { axis in
      axis < missing || source[axis - missing] == 1 ? 0 : own[axis - missing]
    }
    self.init(shape: shape, strides: strides)
  }

  /// The part of one axis that lies in a range, which must lie inside of it.
  package init(_ source: Shape, range: Range<Int>, of axis: Int) {
    let strides = source.rowMajorStrides
    var shape = source
    shape[axis] = range.count
    self.init(shape: shape, strides: strides, offset: range.lowerBound &* strides[axis])
  }

  /// The elements of the view as a tensor.
  package func tensor(of source: Tensor) throws(KernelError) -> Tensor {
    // An unchanged order needs no copy.
    if offset == 0, source.shape.elementCount == shape.elementCount,
      zip(shape, zip(strides, shape.rowMajorStrides)).allSatisfy({ $0 <= 1 || $1.0 == $1.1 })
    {
      return try source.under(shape)
    }
    return try tensor(of: [source], shape: shape)
  }

  package func move<Unit>(
    _ sources: [UnsafeBufferPointer<Unit>], to target: UnsafeMutableBufferPointer<Unit>
  ) {
    guard let source = sources.first else { return }
    var next = 0
    forEachRun { start, stride, count in
      for step in 0..<count { target[next + step] = source[start + step * stride] }
      next += count
    }
  }

  /// The position of every element in row-major order.
  package var positions: [Int] {
    var positions: [Int] = []
    positions.reserveCapacity(shape.elementCount ?? 0)
    forEachRun { start, stride, count in
      for step in 0..<count { positions.append(start + step * stride) }
    }
    return positions
  }

  /// Visits the innermost rows in row-major order: first position, stride, count.
  package func forEachRun(_ body: (_ start: Int, _ stride: Int, _ count: Int) -> Void) {
    guard !shape.contains(0) else { return }
    guard let inner = shape.last, let innerStride = strides.last else {
      return body(offset, 0, 1)
    }
    let outer = shape.count - 1
    var index = [Int](repeating: 0, count: outer)
    var start = offset
    while true {
      body(start, innerStride, inner)
      var axis = outer - 1
      while axis >= 0 {
        index[axis] += 1
        start += strides[axis]
        if index[axis] < shape[axis] { break }
        start -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
