import Tensors

/// A tensor cut along an axis into a sequence.
///
/// - (C1) A scalar `split` is the length of all parts but the last, which may be shorter; a vector
///   holds the length of each, and they add up to the axis.
/// - (C2) Without `split` each part has one element; with `keepdims` = 0 it then lacks the axis.
/// - Source: onnx/onnx docs/Operators.md, SplitToSequence.
enum SplitToSequenceEvaluator: Evaluator {
  static let name = "SplitToSequence"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let axis = try call.axis(try call.int("axis", default: 0), rank: x.rank)
    let split = try call.optionalTensor(1)
    let keepsByWish = try call.flag("keepdims", default: true)
    let keepsAxis = split != nil || keepsByWish
    var parts: [ExactTensor] = []
    var start = 0
    for length in try lengths(split, of: x.shape[axis]) {
      var part = try x.part(start..<(start + length), of: axis)
      if !keepsAxis {
        var shape = part.shape
        shape.remove(at: axis)
        part = try part.reshaped(shape)
      }
      parts.append(part)
      start += length
    }
    return [.sequence(parts, of: x.type)]
  }

  private static func lengths(
    _ split: ExactTensor?, of length: Int
  ) throws(EvaluationError) -> [Int] {
    let named = try split?.ints() ?? [1]
    if split == nil || split?.rank == 0 {
      guard let each = named.first, each > 0 else { throw .invalid("parts of \(named)") }
      return stride(from: 0, to: length, by: each).map { Swift.min(each, length - $0) }
    }
    guard split?.rank == 1, named.allSatisfy({ $0 >= 0 }),
      named.reduce(0, { $0 &+ $1 }) == length
    else { throw .invalid("parts of \(named) for an axis of \(length)") }
    return named
  }
}
