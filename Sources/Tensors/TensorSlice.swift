/// A contiguous part of one axis of a tensor.
package struct TensorSlice: Hashable, Sendable {
  package let axis: Int
  package let range: Range<Int>

  package init(axis: Int, range: Range<Int>) { (self.axis, self.range) = (axis, range) }

  /// The shape that is left; nil where the part does not lie inside.
  package func shape(of whole: Shape) -> Shape? {
    guard whole.indices.contains(axis), range.lowerBound >= 0, range.upperBound <= whole[axis]
    else { return nil }
    var shape = whole
    shape[axis] = range.count
    return shape
  }

  /// The row-major positions of the part's elements; nil where it does not lie inside.
  package func positions(in whole: Shape) -> [Int]? {
    guard shape(of: whole) != nil, let count = whole.elementCount else { return nil }
    let stride = whole.rowMajorStrides[axis]
    return (0..<count).filter { range.contains($0 / stride % whole[axis]) }
  }
}

extension Tensor {
  /// The part of the tensor; nil where it does not lie inside, or elements are no whole bytes.
  package func sliced(_ slice: TensorSlice) -> Tensor? {
    guard let part = slice.shape(of: shape), let positions = slice.positions(in: shape) else {
      return nil
    }
    if type == .string { return Tensor(shape: part, strings: positions.map { strings[$0] }) }
    guard type.bitWidth % 8 == 0 else { return nil }
    let width = type.bitWidth / 8
    return Tensor(
      type: type, shape: part, bytes: positions.flatMap { bytes[$0 * width..<($0 + 1) * width] })
  }
}
