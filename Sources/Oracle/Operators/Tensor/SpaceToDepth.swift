import Tensors

/// Blocks of space rearranged into depth; the inverse of DepthToSpace.
///
///     y[n, d, h, w] = x[n, c, h·b + r, w·b + s]
///
/// - (C1) DCR (the default): d = (r·b + s)·C + c.
/// - (C2) CRD (from version 28 on): d = c·b² + r·b + s.
/// - (C3) The input has rank 4, height and width are divisible by b.
/// - Source: onnx/onnx docs/Operators.md, SpaceToDepth.
enum SpaceToDepthEvaluator: Evaluator {
  static let name = "SpaceToDepth"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let b = try call.int("blocksize")
    let mode = try call.string("mode", default: "DCR")
    guard mode == "DCR" || (mode == "CRD" && call.version >= 28) else {
      throw .invalid("SpaceToDepth mode \(mode)")
    }
    guard x.rank == 4, b > 0, b < 1 << 15, x.shape[2] % b == 0, x.shape[3] % b == 0 else {
      throw .invalid("SpaceToDepth of \(x.shape) with blocks of \(b)")
    }
    let depth = x.shape[1]
    let shape = [x.shape[0], depth &* b &* b, x.shape[2] / b, x.shape[3] / b]
    let moved = try x.moved(to: shape) { index in
      let (inBlock, channel) =
        mode == "DCR"
        ? (index[1] / depth, index[1] % depth) : (index[1] % (b * b), index[1] / (b * b))
      return [index[0], channel, index[2] * b + inBlock / b, index[3] * b + inBlock % b]
    }
    return [.exact(moved)]
  }
}
