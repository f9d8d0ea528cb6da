import Tensors

/// Blocks of depth rearranged into space.
///
///     y[n, c, h, w] = x[n, depth(c, h mod b, w mod b), ⌊h / b⌋, ⌊w / b⌋]
///
/// - (C1) DCR (the default): depth(c, r, s) = (r·b + s)·C′ + c.
/// - (C2) CRD (from version 11 on): depth(c, r, s) = c·b² + r·b + s.
/// - (C3) The input has rank 4 and a depth that is divisible by b².
/// - Source: onnx/onnx docs/Operators.md, DepthToSpace.
enum DepthToSpaceEvaluator: Evaluator {
  static let name = "DepthToSpace"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let b = try call.int("blocksize")
    let mode = try call.string("mode", default: "DCR")
    guard mode == "DCR" || mode == "CRD" else { throw .invalid("DepthToSpace mode \(mode)") }
    guard x.rank == 4, b > 0, b < 1 << 15, x.shape[1] % (b * b) == 0 else {
      throw .invalid("DepthToSpace of \(x.shape) with blocks of \(b)")
    }
    let depth = x.shape[1] / (b * b)
    let shape = [x.shape[0], depth, x.shape[2] &* b, x.shape[3] &* b]
    let moved = try x.moved(to: shape) { index in
      let inBlock = index[2] % b * b + index[3] % b
      let channel = mode == "DCR" ? inBlock * depth + index[1] : index[1] * b * b + inBlock
      return [index[0], channel, index[2] / b, index[3] / b]
    }
    return [.exact(moved)]
  }
}
