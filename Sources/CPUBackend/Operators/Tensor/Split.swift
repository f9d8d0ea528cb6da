import Tensors

/// The tensor cut along an axis, into parts of stated lengths or of equal ones.
///
/// `num_outputs` takes parts of the quotient rounded up; the last one is what is left.
enum SplitKernel: OperatorKernel {
  static let name = "Split"
  static let versions = [2, 11, 13, 18]

  static func check(_ declaration: Declaration) throws(KernelError) {
    let count = declaration.outputCount
    if let stated = try declaration.attributes.int("num_outputs"), stated != count {
      throw .invalidModel("num_outputs is \(stated), the node has \(count) outputs")
    }
    let hasLengths = declaration.inputTypes.count > 1 && declaration.inputTypes[1] != nil
    guard declaration.version < 18 || hasLengths != declaration.attributes.has("num_outputs") else {
      throw .invalidModel("exactly one of split and num_outputs is needed")
    }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let axis = try Axes.normalised(try call.int("axis", default: 0), rank: x.shape.count)
    let size = x.shape[axis]
    let stated = call.version >= 13 ? try call.integers(1) : try call.ints("split")
    let count = call.wanted.count
    guard let lengths = stated else {
      let equal = try equal(size, parts: count, version: call.version)
      return try parts(equal, of: x, axis: axis, count: count)
    }
    return try parts(lengths, of: x, axis: axis, count: count)
  }

  private static func equal(
    _ size: Int, parts: Int, version: Int
  ) throws(KernelError) -> [Int] {
    guard parts > 0, version >= 18 || size % parts == 0 else {
      throw .invalidInput("\(size) elements have no \(parts) equal parts")
    }
    let length = (size + parts - 1) / parts
    return (0..<parts).map { min(length, max(0, size - $0 * length)) }
  }

  private static func parts(
    _ lengths: [Int], of x: Tensor, axis: Int, count: Int
  ) throws(KernelError) -> [Value] {
    var (start, rest) = (0, x.shape[axis])
    var parts: [Value] = []
    for length in lengths {
      guard length >= 0, length <= rest else {
        throw .invalidInput("lengths \(lengths) do not fit \(x.shape[axis]) elements")
      }
      let view = StridedView(x.shape, range: start..<start + length, of: axis)
      parts.append(.tensor(try view.tensor(of: x)))
      start += length
      rest -= length
    }
    guard rest == 0, parts.count == count else {
      throw .invalidInput(
        "lengths \(lengths) do not fit \(x.shape[axis]) elements and \(count) outputs")
    }
    return parts
  }
}
