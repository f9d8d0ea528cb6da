import Tensors

/// Applies a function to pairs of elements of two tensors of possibly different shapes.
struct BroadcastLoop {
  private let a: StridedView
  private let b: StridedView

  /// Requires shapes that broadcast to the given one.
  init(_ a: Shape, _ b: Shape, to shape: Shape) {
    let merged = Self.merging(
      shape, StridedView(broadcasting: a, to: shape).strides,
      StridedView(broadcasting: b, to: shape).strides)
    self.a = StridedView(shape: merged.shape, strides: merged.a)
    self.b = StridedView(shape: merged.shape, strides: merged.b)
  }

  /// Joins neighbouring axes that both operands walk as one, so that inner rows get long.
  private static func merging(
    _ shape: Shape, _ a: [Int], _ b: [Int]
  ) -> (shape: Shape, a: [Int], b: [Int]) {
    var result: (shape: Shape, a: [Int], b: [Int]) = ([], [], [])
    for axis in shape.indices where shape[axis] != 1 {
      if let last = result.shape.indices.last, result.a[last] == a[axis] * shape[axis],
        result.b[last] == b[axis] * shape[axis]
      {
        result.shape[last] *= shape[axis]
        (result.a[last], result.b[last]) = (a[axis], b[axis])
      } else {
        result.shape.append(shape[axis])
        result.a.append(a[axis])
        result.b.append(b[axis])
      }
    }
    return result
  }

  /// Writes `body(a, b)` for every pair in row-major order.
  @inline(__always)
  func run<A, B, Result>(
    _ left: UnsafeBufferPointer<A>, _ right: UnsafeBufferPointer<B>,
    into target: UnsafeMutableBufferPointer<Result>, _ body: (A, B) -> Result
  ) {
    var rightRows: [(start: Int, stride: Int)] = []
    b.forEachRun { start, stride, _ in rightRows.append((start, stride)) }
    var row = 0
    var next = 0
    a.forEachRun { start, stride, count in
      let other = rightRows[row]
      for step in 0..<count {
        target[next + step] = body(
          left[start + step * stride], right[other.start + step * other.stride])
      }
      next += count
      row += 1
    }
  }

  /// The same for arrays; `count` is the number of pairs.
  @inline(__always)
  func values<A, B, Result>(
    count: Int, _ left: [A], _ right: [B], initial: Result, _ body: (A, B) -> Result
  ) -> [Result] {
    var results = [Result](repeating: initial, count: count)
    results.withUnsafeMutableBufferPointer { target in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in run(left, right, into: target, body) }
      }
    }
    return results
  }
}
