package import Tensors

/// The rows of a tensor along some of its axes, each row contiguous in memory.
///
/// Operators that work along an axis (Softmax, ReduceSum, CumSum, ArgMax …) turn the tensor so that
/// the axes stand last, work on rows, and turn the result back.
package struct Lanes: Sendable {
  /// The tensor's shape.
  package let shape: Shape
  /// The axes of a row, in increasing order.
  package let axes: [Int]
  /// The other axes, in increasing order.
  package let keptAxes: [Int]
  /// Elements of a row.
  package let length: Int
  /// The number of rows.
  package let count: Int

  /// Requires axes inside the rank, without repetition.
  package init(_ shape: Shape, axes: [Int]) {
    self.shape = shape
    self.axes = axes.sorted()
    keptAxes = shape.indices.filter { !axes.contains($0) }
    length = axes.reduce(1) { $0 * shape[$1] }
    count = keptAxes.reduce(1) { $0 * shape[$1] }
  }

  /// The tensor with the axes of the rows last; a copy only where the order changes.
  package func gathered(_ tensor: Tensor) throws(KernelError) -> Tensor {
    try StridedView(shape, permutation: keptAxes + axes).tensor(of: tensor)
  }

  /// Turns rows of unchanged length back into the tensor's own order.
  package func scattered(_ rows: Tensor) throws(KernelError) -> Tensor {
    let order = keptAxes + axes
    var inverse = [Int](repeating: 0, count: order.count)
    for (position, axis) in order.enumerated() { inverse[axis] = position }
    let turned = order.map { shape[$0] }
    return try StridedView(turned, permutation: inverse).tensor(of: try rows.under(turned))
  }

  /// The shape when each row becomes one element.
  package func reducedShape(keepingAxes: Bool) -> Shape {
    keepingAxes
      ? shape.indices.map { axes.contains($0) ? 1 : shape[$0] } : keptAxes.map { shape[$0] }
  }
}

extension Lanes {
  /// Applies the body to every row of a floating-point tensor and rounds the results once.
  ///
  /// The body writes as many elements as it reads.
  package func mapReals<Number: Real>(
    _ tensor: Tensor, as _: Number.Type,
    _ body: (UnsafeBufferPointer<Number>, UnsafeMutableBufferPointer<Number>) -> Void
  ) throws(KernelError) -> Tensor {
    let source = try gathered(tensor).reals(Number.self)
    var target = [Number](repeating: 0, count: source.count)
    if length > 0 {
      source.withUnsafeBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
          for row in 0..<count {
            let range = row * length..<(row + 1) * length
            body(
              UnsafeBufferPointer(rebasing: source[range]),
              UnsafeMutableBufferPointer(rebasing: target[range]))
          }
        }
      }
    }
    return try scattered(try .rounding(target, to: tensor.type, keptAndAxesShape))
  }

  /// The value of the body for every row of a buffer of gathered rows.
  package func reduce<Element, Result>(
    _ source: [Element], _ body: (UnsafeBufferPointer<Element>) -> Result
  ) -> [Result] {
    source.withUnsafeBufferPointer { source in
      (0..<count).map { row in
        body(UnsafeBufferPointer(rebasing: source[row * length..<(row + 1) * length]))
      }
    }
  }

  private var keptAndAxesShape: Shape { (keptAxes + axes).map { shape[$0] } }
}
