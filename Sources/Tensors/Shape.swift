/// Dimensions of a tensor, outermost first; `[]` is a scalar.
package typealias Shape = [Int]

extension Shape {
  /// The number of elements, nil if a dimension is negative or the product overflows.
  package var elementCount: Int? {
    var count = 1
    for dimension in self {
      guard dimension >= 0 else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }

  /// Row-major strides in elements.
  package var rowMajorStrides: [Int] {
    var strides = [Int](repeating: 1, count: count)
    for axis in indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] &* self[axis + 1]
    }
    return strides
  }

  /// The multi-dimensional index of a linear, row-major position.
  package func index(ofLinear position: Int) -> [Int] {
    var rest = position
    var index = [Int](repeating: 0, count: count)
    for axis in indices.reversed() where self[axis] > 0 {
      index[axis] = rest % self[axis]
      rest /= self[axis]
    }
    return index
  }

  /// The multidirectional broadcast of two shapes, nil where they do not fit.
  package func broadcast(with other: Shape) -> Shape? {
    let rank = Swift.max(count, other.count)
    var result = Shape(repeating: 1, count: rank)
    for axis in 0..<rank {
      let a = axis < rank - count ? 1 : self[axis - (rank - count)]
      let b = axis < rank - other.count ? 1 : other[axis - (rank - other.count)]
      guard a == b || a == 1 || b == 1 else { return nil }
      result[axis] = a == 1 ? b : a
    }
    return result
  }
}
