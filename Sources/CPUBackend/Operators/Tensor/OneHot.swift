import Tensors

/// The second value where the place along a new axis is the index, elsewhere the first.
///
/// Numbers that are no integers are cut off towards zero. From version 11 on, an index from -depth
/// to -1 counts from the end; any other index outside gives no second value.
enum OneHotKernel: OperatorKernel {
  static let name = "OneHot"
  static let versions = [9, 11, 28]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (indices, values) = (try call.tensor(0), try call.tensor(2))
    let depths = try whole(try call.tensor(1))
    guard depths.count == 1, (0...Allocation.limit).contains(depths[0]), values.shape == [2] else {
      throw .invalidInput("depth \(depths) or values of shape \(values.shape)")
    }
    let depth = depths[0]
    let rank = indices.shape.count
    let axis = try Axes.normalised(try call.int("axis", default: -1), rank: rank + 1)
    var shape = indices.shape
    shape.insert(depth, at: axis)
    var positions = [Int](repeating: 0, count: try Allocation.count(of: shape, type: .i64))
    let inner = indices.shape[axis...].reduce(1) { $0 &* $1 }
    for (position, index) in try whole(indices).enumerated() {
      let place = index < 0 && call.version >= 11 ? index &+ depth : index
      guard place >= 0, place < depth else { continue }
      positions[(position / inner * depth + place) * inner + position % inner] = 1
    }
    return [.tensor(try Selection(positions).tensor(of: values, shape: shape))]
  }

  /// Numbers beyond the range of `Int` become its ends, which are no places.
  private static func whole(_ tensor: Tensor) throws(KernelError) -> [Int] {
    guard tensor.type.isFloat else {
      return (tensor.integers ?? []).map { Int(clamping: $0) }
    }
    return try tensor.reals(Double.self).map { Int(exactly: $0.rounded(.towardZero)) ?? .min }
  }
}
