import Tensors

/// The centre of the data under other dimensions: cropped, or surrounded by zeros.
///
/// - (C1) A cropped axis starts at ⌊(n − m) / 2⌋.
/// - (C2) A padded axis has ⌊(m − n) / 2⌋ zeros before, and one more after where m − n is odd.
/// - (C3) `axes` names the axes that the shape speaks of; the others stay.
/// - Source: onnx/onnx docs/Operators.md, CenterCropPad.
enum CenterCropPadEvaluator: Evaluator {
  static let name = "CenterCropPad"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, asked) = (try call.tensor(0), try call.tensor(1).ints())
    let axes = try call.axes(try call.ints("axes") ?? Array(0..<x.rank), rank: x.rank)
    guard asked.count == axes.count, asked.allSatisfy({ $0 >= 0 }) else {
      throw .invalid("CenterCropPad of \(x.shape) to \(asked)")
    }
    var shape = x.shape
    for (size, axis) in zip(asked, axes) { shape[axis] = size }
    guard x.type != .string || zip(shape, x.shape).allSatisfy({ $0 <= $1 }) else {
      throw .unsupported("CenterCropPad with strings, which have no zero")
    }
    // Either difference is 0 where the other is not.
    let offsets = zip(x.shape, shape).map { Swift.max(0, $0 - $1) / 2 - Swift.max(0, $1 - $0) / 2 }
    let moved = try x.movedOrZero(to: shape) { index in
      let source = zip(index, offsets).map { $0 + $1 }
      return zip(source, x.shape).allSatisfy { $0 >= 0 && $0 < $1 } ? source : nil
    }
    return [.exact(moved)]
  }
}
