package import Tensors

/// Elements picked one by one: the element at `positions[i]` of the first tensor becomes element i.
///
/// The general form of data movement for what no view expresses: gathering, padding, reversing.
package struct Selection: Movement {
  /// The position that leaves an element to the fill.
  package static let filled = -1

  private let positions: [Int]

  /// Takes one position per element of the result, each inside the tensor or `filled`.
  package init(_ positions: [Int]) { self.positions = positions }

  /// Picks along each axis by itself: the source index of each index of the result, or `filled`.
  package init(axes: [[Int]], of shape: Shape) {
    var positions = [0]
    for (indices, stride) in zip(axes, shape.rowMajorStrides) {
      positions = positions.flatMap { start in
        indices.map { start < 0 || $0 < 0 ? Self.filled : start + $0 * stride }
      }
    }
    self.positions = positions
  }

  /// The picked elements; `fill` is a tensor of one element of the same type, zero when nil.
  ///
  /// - Throws: `internalError` for a position outside the tensor.
  package func tensor(
    of source: Tensor, fill: Tensor? = nil, shape: Shape
  ) throws(KernelError) -> Tensor {
    guard shape.elementCount == positions.count,
      positions.allSatisfy({ $0 >= Self.filled && $0 < source.count })
    else {
      throw .internalError("positions outside of shape \(source.shape)")
    }
    guard fill?.count ?? 1 == 1 else {
      throw .invalidInput("the fill value has \(fill?.count ?? 0) elements, one is needed")
    }
    return try tensor(of: [source] + (fill.map { [$0] } ?? []), shape: shape)
  }

  package func move<Unit>(
    _ sources: [UnsafeBufferPointer<Unit>], to target: UnsafeMutableBufferPointer<Unit>
  ) {
    for (index, position) in positions.enumerated() {
      if position >= 0 {
        target[index] = sources[0][position]
      } else if sources.count > 1 {
        target[index] = sources[1][0]
      }
    }
  }
}
