import Tensors

/// A strided box of the data.
///
/// - (C1) From version 10 on, starts, ends, axes and steps are inputs; in version 1 attributes.
/// - (C2) Negative starts and ends count from the end; both are clamped to the axis.
/// - (C3) A negative step walks backwards; a step of 0 is invalid.
/// - Source: onnx/onnx docs/Operators.md, Slice.
enum SliceEvaluator: Evaluator {
  static let name = "Slice"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let data = try call.tensor(0)
    let box = try box(call, rank: data.rank)
    var picks = data.shape.map { Array(0..<$0) }
    for (place, axis) in box.axes.enumerated() {
      picks[axis] = try picked(
        from: box.starts[place], to: box.ends[place], by: box.steps[place],
        length: data.shape[axis])
    }
    let shape = picks.map(\.count)
    let strides = data.shape.rowMajorStrides
    let positions = (0..<(shape.elementCount ?? 0)).map { linear in
      let index = shape.index(ofLinear: linear)
      return index.indices.reduce(0) { $0 + picks[$1][index[$1]] * strides[$1] }
    }
    return [.exact(try data.gathered(positions, shape: shape))]
  }

  private struct Box {
    var starts: [Int]
    var ends: [Int]
    var axes: [Int]
    var steps: [Int]
  }

  private static func box(_ call: Call, rank: Int) throws(EvaluationError) -> Box {
    let isInput = call.version >= 10
    guard
      let starts = try isInput ? call.tensor(1).ints() : call.ints("starts"),
      let ends = try isInput ? call.tensor(2).ints() : call.ints("ends")
    else { throw .invalid("Slice lacks starts or ends") }
    let axes = try isInput ? call.optionalTensor(3)?.ints() : call.ints("axes")
    let steps = try isInput ? call.optionalTensor(4)?.ints() : nil
    let named = try call.axes(axes ?? Array(starts.indices), rank: rank)
    let box = Box(
      starts: starts, ends: ends, axes: named,
      steps: steps ?? [Int](repeating: 1, count: starts.count))
    guard ends.count == starts.count, named.count == starts.count,
      box.steps.count == starts.count
    else { throw .invalid("starts, ends, axes and steps of Slice differ in length") }
    return box
  }

  private static func picked(
    from start: Int, to end: Int, by step: Int, length: Int
  ) throws(EvaluationError) -> [Int] {
    guard step != 0 else { throw .invalid("a step of 0") }
    func clamped(_ value: Int, _ range: ClosedRange<Int>) -> Int {
      let fromEnd = value < 0 ? value.addingReportingOverflow(length).partialValue : value
      return Swift.min(Swift.max(fromEnd, range.lowerBound), range.upperBound)
    }
    if step > 0 {
      let (first, last) = (clamped(start, 0...length), clamped(end, 0...length))
      return Array(stride(from: first, to: last, by: Swift.min(step, length + 1)))
    }
    guard length > 0 else { return [] }
    let (first, last) = (clamped(start, 0...(length - 1)), clamped(end, -1...(length - 1)))
    return Array(stride(from: first, to: last, by: Swift.max(step, -(length + 1))))
  }
}
