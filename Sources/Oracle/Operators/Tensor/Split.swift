import Tensors

/// The tensor cut into parts along one axis.
///
/// - (C1) The parts have the asked lengths, which add up to the axis.
/// - (C2) Without lengths, before version 18, the parts are equal.
/// - (C3) `num_outputs` parts have the length ⌈n / parts⌉, the last one what is left.
/// - (C6) From version 18 on, exactly one of `split` and `num_outputs` is given.
/// - Source: onnx/onnx docs/Operators.md, Split.
enum SplitEvaluator: Evaluator {
  static let name = "Split"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let axis = try call.axis(try call.int("axis", default: 0), rank: x.rank)
    let lengths = try lengths(call, of: x.shape[axis])
    guard lengths.count == call.outputCount, lengths.allSatisfy({ $0 >= 0 }),
      lengths.reduce(0, &+) == x.shape[axis]
    else { throw .invalid("Split of \(x.shape[axis]) into \(lengths)") }
    var start = 0
    var parts: [Outcome] = []
    for length in lengths {
      parts.append(.exact(try x.part(start..<(start + length), of: axis)))
      start += length
    }
    return parts
  }

  private static func lengths(
    _ call: Call, of length: Int
  ) throws(EvaluationError) -> [Int] {
    let named = try call.version >= 13 ? call.optionalTensor(1)?.ints() : call.ints("split")
    guard call.version >= 18 else {
      guard length % call.outputCount == 0 || named != nil else {
        throw .invalid("Split of \(length) into \(call.outputCount) equal parts")
      }
      return named
        ?? [Int](repeating: length / call.outputCount, count: call.outputCount)
    }
    guard (named == nil) != (call.node.attributes["num_outputs"] == nil) else {
      throw .invalid("Split needs split or num_outputs, and not both")
    }
    if let named { return named }
    let count = try call.int("num_outputs")
    guard count > 0, count == call.outputCount else {
      throw .invalid("Split into \(count) parts with \(call.outputCount) outputs")
    }
    let each = (length + count - 1) / count
    // Where the equal parts go beyond the axis, the text gives no lengths; these are one choice.
    return (0..<count).map { Swift.max(0, Swift.min(each, length - $0 * each)) }
  }
}
