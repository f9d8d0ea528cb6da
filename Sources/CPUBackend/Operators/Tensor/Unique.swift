import Tensors

/// The distinct elements, or slices along an axis, sorted or by their first occurrence.
///
/// Further outputs: the first occurrence of each, the number of the distinct one that each element
/// or slice equals, and how often each occurs. Texts are ordered by code points; NaN comes last and
/// equals NaN; complex numbers are ordered by their real, then their imaginary part.
enum UniqueKernel: OperatorKernel {
  static let name = "Unique"
  static let versions = [11, 28]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let given = try call.tensor(0)
    let stated = try call.attributes.int("axis")
    let x = stated == nil ? try given.under([given.count]) : given
    let axis = try Axes.normalised(stated ?? 0, rank: x.shape.count)
    let slices = slices(of: try ranks(x), x.shape, axis)
    // Equal slices stay in the order in which they occur.
    let order = slices.indices.sorted { a, b in
      if slices[a] == slices[b] { return a < b }
      return slices[a].lexicographicallyPrecedes(slices[b])
    }
    var groups: [[Int]] = []
    for slice in order {
      if let first = groups.last?.first, slices[first] == slices[slice] {
        groups[groups.count - 1].append(slice)
      } else {
        groups.append([slice])
      }
    }
    if !(try call.flag("sorted", default: true)) { groups.sort { $0[0] < $1[0] } }
    var inverse = [Int64](repeating: 0, count: slices.count)
    for (number, group) in groups.enumerated() {
      for slice in group { inverse[slice] = Int64(number) }
    }
    var axes = x.shape.map { Array(0..<$0) }
    axes[axis] = groups.map { $0[0] }
    let distinct = try Selection(axes: axes, of: x.shape).tensor(of: x, shape: axes.map(\.count))
    let count = [groups.count]
    return [
      .tensor(distinct), .tensor(try .of(.i64, count, groups.map { Int64($0[0]) })),
      .tensor(try .of(.i64, [slices.count], inverse)),
      .tensor(try .of(.i64, count, groups.map { Int64($0.count) })),
    ]
  }

  /// The ranks of the elements of each slice, in row-major order.
  private static func slices(of ranks: [Int], _ shape: Shape, _ axis: Int) -> [[Int]] {
    var slices = [[Int]](repeating: [], count: shape[axis])
    let stride = shape.rowMajorStrides[axis]
    for (position, rank) in ranks.enumerated() {
      slices[position / stride % shape[axis]].append(rank)
    }
    return slices
  }

  /// Numbers that are ordered as the elements are, and equal where they are.
  private static func ranks(_ x: Tensor) throws(KernelError) -> [Int] {
    switch x.type {
    case .string:
      return ranks(x.strings.map { Array($0.utf8) }) { $0.lexicographicallyPrecedes($1) }
    case .u64: return ranks(x.elements(UInt64.self)) { $0 < $1 }
    case .c64: return ranks(x.elements(SIMD2<Float>.self)) { precedes($0, $1) }
    case .c128: return ranks(x.elements(SIMD2<Double>.self)) { precedes($0, $1) }
    default: break
    }
    if x.type.isFloat { return ranks(try x.reals(Double.self)) { precedes($0, $1) } }
    return ranks(x.wideIntegers) { $0 < $1 }
  }

  private static func ranks<Element>(
    _ elements: [Element], _ precedes: (Element, Element) -> Bool
  ) -> [Int] {
    let order = elements.indices.sorted { precedes(elements[$0], elements[$1]) }
    var ranks = [Int](repeating: 0, count: elements.count)
    for (before, position) in zip(order, order.dropFirst()) {
      let isLarger = precedes(elements[before], elements[position])
      ranks[position] = ranks[before] + (isLarger ? 1 : 0)
    }
    return ranks
  }

  private static func precedes<Number: BinaryFloatingPoint>(_ a: Number, _ b: Number) -> Bool {
    a < b || (!a.isNaN && b.isNaN)
  }

  private static func precedes<Number: BinaryFloatingPoint & SIMDScalar>(
    _ a: SIMD2<Number>, _ b: SIMD2<Number>
  ) -> Bool {
    precedes(a.x, b.x) || (!precedes(b.x, a.x) && precedes(a.y, b.y))
  }
}
