import Tensors

/// A tensor with elements added around it, or removed where the amount is negative.
///
/// `reflect` mirrors without repeating the border, `edge` repeats it, `wrap` continues
/// periodically; the first and the last extend as often as the padding asks for.
enum PadKernel: OperatorKernel {
  static let name = "Pad"
  static let versions = [2, 11, 13, 18, 19, 21, 23, 24, 25]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try mode(declaration.attributes, version: declaration.version)
  }

  private static func mode(
    _ attributes: Attributes, version: Int
  ) throws(KernelError) -> String {
    let modes = ["constant", "reflect", "edge"] + (version >= 19 ? ["wrap"] : [])
    return try attributes.choice("mode", of: modes, default: "constant")
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let mode = try mode(call.attributes, version: call.version)
    let (begins, ends) = try amounts(call, rank: x.shape.count)
    var shape: Shape = []
    for (axis, size) in x.shape.enumerated() {
      let (sum, overflow) = begins[axis].addingReportingOverflow(ends[axis])
      let (total, second) = size.addingReportingOverflow(sum)
      guard !overflow, !second, total >= 0 else {
        throw .invalidInput("padding \(begins[axis]), \(ends[axis]) of dimension \(size)")
      }
      shape.append(total)
    }
    _ = try Allocation.count(of: shape, type: .i64)
    let axes = try sources(x.shape, shape, begins: begins, mode: mode)
    let fill = mode == "constant" ? try fillValue(call, type: x.type) : nil
    let selection = Selection(axes: axes, of: x.shape)
    return [.tensor(try selection.tensor(of: x, fill: fill, shape: shape))]
  }

  private static func amounts(
    _ call: Call, rank: Int
  ) throws(KernelError) -> (begins: [Int], ends: [Int]) {
    let pads = call.version >= 11 ? try call.integers(1) : try call.ints("pads")
    let axes = try Axes.normalised(try call.integers(3) ?? Array(0..<rank), rank: rank)
    guard let pads, pads.count == 2 * axes.count else {
      throw .invalidInput("pads need two amounts for each of \(axes.count) axes")
    }
    var begins = [Int](repeating: 0, count: rank)
    var ends = begins
    for (index, axis) in axes.enumerated() {
      begins[axis] = pads[index]
      ends[axis] = pads[axes.count + index]
    }
    return (begins, ends)
  }

  /// For each axis, the source index of each index of the result.
  private static func sources(
    _ source: Shape, _ shape: Shape, begins: [Int], mode: String
  ) throws(KernelError) -> [[Int]] {
    var axes: [[Int]] = []
    for (axis, size) in source.enumerated() {
      guard size > 0 || shape[axis] == 0 || mode == "constant" else {
        throw .invalidInput("there is nothing to repeat along axis \(axis)")
      }
      axes.append(
        (0..<shape[axis]).map { extended($0 &- begins[axis], size: size, mode: mode) })
    }
    return axes
  }

  private static func extended(_ index: Int, size: Int, mode: String) -> Int {
    if (0..<size).contains(index) { return index }
    func periodic(_ period: Int) -> Int { (index % period + period) % period }
    switch mode {
    case "edge": return index < 0 ? 0 : size - 1
    case "wrap": return periodic(size)
    case "reflect":
      guard size > 1 else { return 0 }
      let phase = periodic(2 * (size - 1))
      return min(phase, 2 * (size - 1) - phase)
    default: return Selection.filled
    }
  }

  private static func fillValue(_ call: Call, type: ElementType) throws(KernelError) -> Tensor? {
    guard call.version < 11 else {
      guard let value = try call.optionalTensor(2) else { return nil }
      return value.type == type ? value : nil
    }
    return try .rounding([try call.float("value", default: 0)], to: type, [])
  }
}
