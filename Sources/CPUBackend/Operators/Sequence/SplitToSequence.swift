import Tensors

/// A tensor cut along an axis: into parts of one length, of stated lengths, or into single slices.
///
/// Single slices lose the axis when `keepdims` is 0.
enum SplitToSequenceKernel: OperatorKernel {
  static let name = "SplitToSequence"
  static let versions = [11, 24]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [(declaration.inputTypes.first ?? nil).map { .sequence($0) }]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let axis = try Axes.normalised(try call.int("axis", default: 0), rank: x.shape.count)
    let split = try call.optionalTensor(1)
    let lengths = try lengths(split, size: x.shape[axis])
    let keepsByWish = try call.flag("keepdims", default: true)
    let dropsAxis = split == nil && !keepsByWish
    var (start, values): (Int, [Value]) = (0, [])
    for length in lengths {
      let view = StridedView(x.shape, range: start..<start + length, of: axis)
      var part = try view.tensor(of: x)
      if dropsAxis {
        var shape = part.shape
        shape.remove(at: axis)
        part = try part.under(shape)
      }
      values.append(.tensor(part))
      start += length
    }
    return [.sequence(values, element: .tensor(x.type))]
  }

  private static func lengths(_ split: Tensor?, size: Int) throws(KernelError) -> [Int] {
    let stated = try split?.indexValues(of: "split") ?? [1]
    var rest = size
    var lengths: [Int] = []
    if split?.shape.count == 1 {
      for length in stated {
        guard length >= 0, length <= rest else {
          throw .invalidInput("parts \(stated) do not fit \(size) elements")
        }
        lengths.append(length)
        rest -= length
      }
      guard rest == 0 else { throw .invalidInput("parts \(stated) do not fit \(size) elements") }
      return lengths
    }
    guard stated.count == 1, stated[0] > 0 else { throw .invalidInput("parts of \(stated)") }
    while rest > 0 {
      lengths.append(min(stated[0], rest))
      rest -= min(stated[0], rest)
    }
    return lengths
  }
}
