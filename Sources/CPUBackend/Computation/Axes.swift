package import Tensors

/// Axes as operators state them: negative ones count from the end.
package enum Axes {
  /// The axis within `0..<rank`.
  ///
  /// - Throws: `invalidInput` unless `-rank <= axis < rank`.
  package static func normalised(_ axis: Int, rank: Int) throws(KernelError) -> Int {
    guard axis >= -rank, axis < rank else {
      throw .invalidInput("axis \(axis) is outside of rank \(rank)")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// The axes within `0..<rank`, in the given order.
  ///
  /// - Throws: `invalidInput` for an axis out of range or given twice.
  package static func normalised(_ axes: [Int], rank: Int) throws(KernelError) -> [Int] {
    var result: [Int] = []
    for axis in axes {
      let normal = try normalised(axis, rank: rank)
      guard !result.contains(normal) else {
        throw .invalidInput("axis \(axis) is given twice in \(axes)")
      }
      result.append(normal)
    }
    return result
  }

  /// The shape two tensors broadcast to.
  ///
  /// - Throws: `invalidInput` when they do not fit.
  package static func broadcast(_ a: Shape, _ b: Shape) throws(KernelError) -> Shape {
    guard let shape = a.broadcast(with: b) else {
      throw .invalidInput("shapes \(a) and \(b) do not broadcast")
    }
    return shape
  }

  /// The shape all tensors broadcast to.
  package static func broadcast(_ shapes: [Shape]) throws(KernelError) -> Shape {
    var result: Shape = []
    for shape in shapes { result = try broadcast(result, shape) }
    return result
  }
}
