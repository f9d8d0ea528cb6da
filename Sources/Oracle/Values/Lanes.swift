package import Tensors

/// The one-dimensional rows of a tensor along one axis (or along flattened trailing axes).
package struct Lanes: Sendable {
  /// Elements in one lane.
  package let length: Int
  /// Distance between neighbours of a lane in the row-major order.
  package let stride: Int
  /// Row-major position of the first element of every lane, in the order of the other axes.
  package let starts: [Int]

  /// The lanes of a shape along one (non-negative) axis.
  package init(of shape: Shape, along axis: Int) {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    length = shape[axis]
    stride = inner
    let step = shape[axis] * inner
    starts = (0..<outer).flatMap { block in (0..<inner).map { block * step + $0 } }
  }

  /// The lanes that remain when the axes from `axis` on are flattened to one.
  package init(of shape: Shape, flattenedFrom axis: Int) {
    let size = shape[axis...].reduce(1, *)
    length = size
    stride = 1
    starts = (0..<shape[..<axis].reduce(1, *)).map { $0 * size }
  }

  /// Row-major positions of the elements of one lane.
  package func positions(_ lane: Int) -> [Int] {
    (0..<length).map { starts[lane] + $0 * stride }
  }
}
