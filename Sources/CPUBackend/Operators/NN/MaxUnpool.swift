import Tensors

/// Zeros with the elements of a pooled tensor at the places that their indices name.
///
/// Indices count in the tensor whose size kernel, strides and pads give. A larger `output_shape`
/// surrounds that tensor with zeros at its ends; in one that is smaller somewhere, indices count in
/// the output itself. Of equal indices the last element stays.
enum MaxUnpoolKernel: OperatorKernel {
  static let name = "MaxUnpool"
  static let versions = [9, 11, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, indices) = (try call.tensor(0), try call.tensor(1))
    guard x.shape.count >= 3, indices.shape == x.shape else {
      throw .invalidInput("data of shape \(x.shape), indices of \(indices.shape)")
    }
    let pooled = try size(call, x.shape)
    var (inner, outer) = (pooled, pooled)
    if let stated = try call.integers(2) {
      guard stated.count == x.shape.count, stated[..<2] == x.shape[..<2] else {
        throw .invalidInput("output_shape is \(stated) for data of shape \(x.shape)")
      }
      outer = stated
      if zip(outer, inner).contains(where: { $0 < $1 }) { inner = outer }
    }
    let count = try Allocation.count(of: outer, type: .f64)
    let limit = try Allocation.count(of: inner, type: .f64)
    var starts: [Int] = []
    let strides = outer.rowMajorStrides
    for index in try indices.indexValues(of: "I") {
      guard index >= 0, index < limit else {
        throw .invalidInput("index \(index) is outside of \(limit) elements")
      }
      starts.append(zip(inner.index(ofLinear: index), strides).reduce(0) { $0 + $1.0 * $1.1 })
    }
    let zeros = try Selection([Int](repeating: Selection.filled, count: count))
      .tensor(of: x, shape: outer)
    return [.tensor(try Scattering(starts: starts, size: 1).tensor(zeros, x, .none))]
  }

  /// The shape of the tensor that was pooled.
  private static func size(_ call: Call, _ shape: Shape) throws(KernelError) -> Shape {
    let axes = shape.count - 2
    let kernel = try call.ints("kernel_shape") ?? []
    let strides = try call.ints("strides") ?? Array(repeating: 1, count: axes)
    let pads = try call.ints("pads") ?? Array(repeating: 0, count: 2 * axes)
    try WindowSettings.check("kernel_shape", kernel, count: axes, least: 1)
    try WindowSettings.check("strides", strides, count: axes, least: 1)
    try WindowSettings.check("pads", pads, count: 2 * axes, least: 0)
    var result = Array(shape[..<2])
    for axis in 0..<axes {
      guard shape[axis + 2] <= WindowAxis.limit else {
        throw .unsupported(.shape, "data of shape \(shape)")
      }
      let length =
        strides[axis] * (shape[axis + 2] - 1) + kernel[axis] - pads[axis] - pads[axis + axes]
      guard length >= 0 else { throw .invalidInput("spatial axis \(axis) of length \(length)") }
      result.append(length)
    }
    return result
  }
}
