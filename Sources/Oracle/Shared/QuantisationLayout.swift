import Tensors

/// Which scale and zero point belong to an element: one for all, one per slice, or one per block.
struct QuantisationLayout {
  private enum Granularity {
    case tensor
    case axis(Int)
    case block(axis: Int, size: Int)
  }

  private let data: Shape
  private let scale: Shape
  private let granularity: Granularity

  /// Reads `axis` and `block_size`; the shape of the scale decides.
  init(_ call: Call, data: Shape, scale: Shape) throws(EvaluationError) {
    (self.data, self.scale) = (data, scale)
    let size = try call.int("block_size", default: 0)
    if scale.elementCount == 1, size == 0 {
      granularity = .tensor
      return
    }
    let axis = try call.axis(try call.int("axis", default: 1), rank: data.count)
    if size == 0 {
      guard scale == [data[axis]] else {
        throw .invalid("\(call.node.operatorName): scale \(scale) for \(data[axis]) slices")
      }
      granularity = .axis(axis)
      return
    }
    var blocks = data
    blocks[axis] = (data[axis] + size - 1) / Swift.max(1, size)
    guard size > 0, scale == blocks else {
      throw .invalid("\(call.node.operatorName): scale \(scale) for blocks \(blocks)")
    }
    granularity = .block(axis: axis, size: size)
  }

  /// The row-major position in scale and zero point for an element of the data.
  func parameter(of position: Int) -> Int {
    switch granularity {
    case .tensor: return 0
    case .axis(let axis): return data.index(ofLinear: position)[axis]
    case .block(let axis, let size):
      var index = data.index(ofLinear: position)
      index[axis] /= size
      return zip(index, scale.rowMajorStrides).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
