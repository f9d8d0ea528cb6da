import Tensors

/// Part of a tensor: from start to end, exclusively, in steps, along some axes.
///
/// Starts and ends beyond the tensor are limited to it; negative ones count from the end.
enum SliceKernel: OperatorKernel {
  static let name = "Slice"
  static let versions = [1, 10, 11, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let areInputs = call.version >= 10
    guard let starts = areInputs ? try call.integers(1) : try call.ints("starts"),
      let ends = areInputs ? try call.integers(2) : try call.ints("ends")
    else { throw .invalidInput("starts or ends are missing") }
    let stated = areInputs ? try call.integers(3) : try call.ints("axes")
    let axes = try Axes.normalised(
      stated ?? Array(starts.indices), rank: x.shape.count)
    let steps = try call.integers(4) ?? [Int](repeating: 1, count: starts.count)
    guard starts.count == axes.count, ends.count == axes.count, steps.count == axes.count else {
      throw .invalidInput("starts, ends, axes and steps have different lengths")
    }
    var (shape, strides, offset) = (x.shape, x.shape.rowMajorStrides, 0)
    for (index, axis) in axes.enumerated() {
      let range = try range(
        start: starts[index], end: ends[index], step: steps[index], size: x.shape[axis])
      offset += range.first * strides[axis]
      shape[axis] = range.count
      strides[axis] = strides[axis] &* steps[index]
    }
    let view = StridedView(shape: shape, strides: strides, offset: offset)
    return [.tensor(try view.tensor(of: x))]
  }

  /// The first index and how many there are.
  private static func range(
    start: Int, end: Int, step: Int, size: Int
  ) throws(KernelError) -> (first: Int, count: Int) {
    guard step != 0 else { throw .invalidInput("a step of 0") }
    let limits = step > 0 ? 0...size : -1...size - 1
    func limited(_ index: Int) -> Int {
      let counted = index < 0 ? index.addingReportingOverflow(size).partialValue : index
      return min(max(counted, limits.lowerBound), limits.upperBound)
    }
    let (first, last) = (limited(start), limited(end))
    let distance = step > 0 ? last - first : first - last
    guard size > 0, distance > 0 else { return (0, 0) }
    // The magnitude of the least step is no Int.
    return (first, Int((UInt(distance) - 1) / step.magnitude) + 1)
  }
}
