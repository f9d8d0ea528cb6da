import Tensors

/// The data with elements added to (or, with negative pads, removed from) the ends of its axes.
///
/// - (C1) From version 11 on, pads and the constant are inputs; in version 2 attributes.
/// - (C2) `mode`: constant, reflect (without the edge), edge; wrap from version 19 on.
/// - (C3) `axes` (from version 18 on) names the padded axes; others stay.
/// - Source: onnx/onnx docs/Operators.md, Pad.
enum PadEvaluator: Evaluator {
  static let name = "Pad"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let data = try call.tensor(0)
    let (before, after) = try pads(call, rank: data.rank)
    let mode = try call.string("mode", default: "constant")
    guard mode != "wrap" || call.version >= 19 else {
      throw .invalid("Pad knows the mode \"wrap\" from version 19 on")
    }
    let shape = data.shape.indices.map { data.shape[$0] + before[$0] + after[$0] }
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw .invalid("pads remove more than there is")
    }
    let total = try call.boundedCount(of: shape)
    let strides = data.shape.rowMajorStrides
    var positions: [Int?] = []
    for linear in 0..<total {
      let index = shape.index(ofLinear: linear)
      var position: Int? = 0
      for axis in index.indices {
        let source = try source(index[axis] - before[axis], length: data.shape[axis], mode)
        position = position.flatMap { sum in source.map { sum + $0 * strides[axis] } }
      }
      positions.append(position)
    }
    return [.exact(try data.gathered(positions, shape: shape, fill: try fill(call, data)))]
  }

  /// Pads beyond this fit no tensor; sums of them stay within 64 bits.
  private static let mostPads = 1 << 40

  private static func pads(
    _ call: Call, rank: Int
  ) throws(EvaluationError) -> (before: [Int], after: [Int]) {
    let isInput = call.version >= 11
    guard let pads = try isInput ? call.tensor(1).ints() : call.ints("pads") else {
      throw .invalid("Pad lacks its pads")
    }
    let given = try call.version >= 18 ? call.optionalTensor(3)?.ints() : nil
    let axes = try call.axes(given ?? Array(0..<rank), rank: rank)
    guard pads.count == 2 * axes.count else {
      throw .invalid("\(pads.count) pads for \(axes.count) axes")
    }
    guard pads.allSatisfy({ $0 >= -mostPads }) else {
      throw .invalid("pads remove more than there is")
    }
    guard pads.allSatisfy({ $0 <= mostPads }) else {
      throw .unsupported("Pad by more than 2^40 elements")
    }
    var before = [Int](repeating: 0, count: rank)
    var after = before
    for (place, axis) in axes.enumerated() {
      (before[axis], after[axis]) = (pads[place], pads[axes.count + place])
    }
    return (before, after)
  }

  private static func fill(_ call: Call, _ data: ExactTensor) throws(EvaluationError) -> ExactTensor
  {
    if call.version < 11 {
      let value = try call.float("value", default: 0)
      return ExactTensor(data.type, [], reals: [.init(value)])
    }
    if let fill = try call.optionalTensor(2) { return try fill.reshaped([]) }
    return .zero(of: data.type)
  }

  /// The element that a position outside the axis copies; nil: the constant.
  private static func source(
    _ position: Int, length: Int, _ mode: String
  ) throws(EvaluationError) -> Int? {
    if position >= 0, position < length { return position }
    switch mode {
    case "constant": return nil
    case "edge":
      guard length > 0 else { throw .invalid("edge padding of an empty axis") }
      return position < 0 ? 0 : length - 1
    case "reflect":
      guard length > 0 else { throw .invalid("reflect padding of an empty axis") }
      let period = Swift.max(1, 2 * (length - 1))
      let folded = ((position % period) + period) % period
      return folded < length ? folded : period - folded
    case "wrap":
      guard length > 0 else { throw .invalid("wrap padding of an empty axis") }
      return ((position % length) + length) % length
    default: throw .invalid("Pad knows no mode \"\(mode)\"")
    }
  }
}
