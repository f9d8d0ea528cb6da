package import Tensors

/// The sums of any number of floating-point tensors of one type, broadcast against each other.
package struct BroadcastSum: Sendable {
  package let type: ElementType
  package let shape: Shape
  /// In row-major order, accumulated in binary64.
  package let values: [Double]

  /// - Throws: `invalidInput` without a tensor or when shapes or types do not fit.
  package init(_ tensors: [Tensor]) throws(KernelError) {
    guard let type = tensors.first?.type else { throw .invalidInput("there are no inputs") }
    for tensor in tensors where tensor.type != type {
      throw .invalidInput("\(type.onnxName) and \(tensor.type.onnxName) are combined")
    }
    let shape = try Axes.broadcast(tensors.map(\.shape))
    let count = try Allocation.count(of: shape, type: .f64)
    var values = [Double](repeating: 0, count: count)
    for (number, tensor) in tensors.enumerated() {
      let source = try tensor.reals(Double.self)
      var next = 0
      StridedView(broadcasting: tensor.shape, to: shape).forEachRun { start, stride, count in
        for step in 0..<count {
          let term = source[start + step * stride]
          // The first term is copied, so that a single -0 stays what it is.
          values[next + step] = number == 0 ? term : values[next + step] + term
        }
        next += count
      }
    }
    (self.type, self.shape, self.values) = (type, shape, values)
  }
}
