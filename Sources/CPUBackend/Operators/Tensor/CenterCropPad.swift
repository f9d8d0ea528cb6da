import Tensors

/// The centre of a tensor under other dimensions; what lies outside of the tensor is zero.
///
/// Odd differences put the larger part at the end.
enum CenterCropPadKernel: OperatorKernel {
  static let name = "CenterCropPad"
  static let versions = [18]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let rank = x.shape.count
    let named = try Axes.normalised(try call.ints("axes") ?? Array(0..<rank), rank: rank)
    let sizes = try call.integers(1) ?? []
    guard sizes.count == named.count else {
      throw .invalidInput("\(sizes.count) sizes for \(named.count) axes")
    }
    var shape = x.shape
    for (axis, size) in zip(named, sizes) { shape[axis] = size }
    _ = try Allocation.count(of: shape, type: .i64)
    let axes = zip(x.shape, shape).map { old, new in
      let first = old >= new ? (old - new) / 2 : -((new - old) / 2)
      return (0..<new).map { place in
        (0..<old).contains(place + first) ? place + first : Selection.filled
      }
    }
    return [.tensor(try Selection(axes: axes, of: x.shape).tensor(of: x, shape: shape))]
  }
}
