import Tensors

/// Which elements each output of a scan is made of: those up to it along an axis, in order.
struct Prefixes {
  /// For every output, in row-major order.
  let positions: [[Int]]

  /// Reads the axis, a second input, and `exclusive` and `reverse`.
  init(_ call: Call, _ x: ExactTensor) throws(EvaluationError) {
    guard let named = try call.tensor(1).ints().first else {
      throw .invalid("\(call.node.operatorName) lacks its axis")
    }
    let lanes = Lanes(of: x.shape, along: try call.axis(named, rank: x.rank))
    let isExclusive = try call.flag("exclusive")
    let isReversed = try call.flag("reverse")
    var prefixes = [[Int]](repeating: [], count: x.count)
    for lane in lanes.starts.indices {
      let ordered = isReversed ? lanes.positions(lane).reversed() : lanes.positions(lane)
      for (place, position) in ordered.enumerated() {
        prefixes[position] = Array(ordered.prefix(isExclusive ? place : place + 1))
      }
    }
    positions = prefixes
  }
}
