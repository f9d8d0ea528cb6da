import Tensors

/// The indices of the elements that are not zero, false or empty, in row-major order.
///
/// Column i of the result holds the index of the i-th such element, one row for each axis; a scalar
/// has no axes, so its result has no rows. NaN is not zero, -0 is.
enum NonZeroKernel: OperatorKernel {
  static let name = "NonZero"
  static let versions = [9, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let found = try positions(in: x)
    let shape = [x.shape.count, found.count]
    _ = try Allocation.count(of: shape, type: .i64)
    var indices: [Int64] = []
    indices.reserveCapacity(x.shape.count * found.count)
    for (axis, stride) in x.shape.rowMajorStrides.enumerated() {
      for position in found { indices.append(Int64(position / stride % x.shape[axis])) }
    }
    return [.tensor(try .of(.i64, shape, indices))]
  }

  private static func positions(in x: Tensor) throws(KernelError) -> [Int] {
    switch x.type.meaning {
    case .float: return positions(try x.reals(Double.self)) { $0 != 0 }
    case .integer, .bool: return positions(x.wideIntegers) { $0 != 0 }
    case .string: return positions(x.strings) { !$0.isEmpty }
    case .complex:
      if x.type == .c64 { return positions(x.elements(SIMD2<Float>.self)) { $0 != .zero } }
      return positions(x.elements(SIMD2<Double>.self)) { $0 != .zero }
    }
  }

  private static func positions<Element>(
    _ elements: [Element], _ counts: (Element) -> Bool
  ) -> [Int] {
    elements.indices.filter { counts(elements[$0]) }
  }
}
