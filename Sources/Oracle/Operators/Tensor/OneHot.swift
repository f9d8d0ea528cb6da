import ExtendedArithmetic
import Tensors

/// One value at the position that each index names along a new axis, another one elsewhere.
///
///     y[…, d, …] = indices[…] = d ? on : off
///
/// - (C1) The new axis has `depth` elements and stands at `axis`, by default last.
/// - (C2) From version 11 on, an index in [−depth, −1] counts from the end; indices outside name
///   no position.
/// - (C3) Indices and depth that are no integers are truncated, as a Cast to int64.
/// - (C4) `values` holds off, then on.
/// - Source: onnx/onnx docs/Operators.md, OneHot.
enum OneHotEvaluator: Evaluator {
  static let name = "OneHot"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (indices, values) = (try call.tensor(0), try call.tensor(2))
    let depths = try whole(try call.tensor(1))
    guard depths.count == 1, depths[0] >= 0, depths[0] < 1 << 31, values.shape == [2] else {
      throw .invalid("OneHot of the depth \(depths) and values of shape \(values.shape)")
    }
    let depth = Int(depths[0])
    let axis = try call.axis(try call.int("axis", default: -1), rank: indices.rank + 1)
    let named = try whole(indices).map { index in
      index < 0 && call.version >= 11 ? index + depths[0] : index
    }
    var shape = indices.shape
    shape.insert(depth, at: axis)
    let strides = indices.shape.rowMajorStrides
    let result = try values.moved(to: shape) { index in
      var source = index
      let place = source.remove(at: axis)
      let position = zip(source, strides).reduce(0) { $0 + $1.0 * $1.1 }
      return [named[position] == Int128(place) ? 1 : 0]
    }
    return [.exact(result)]
  }

  private static func whole(_ tensor: ExactTensor) throws(EvaluationError) -> [Int128] {
    if tensor.isIntegral { return try tensor.integers() }
    var result: [Int128] = []
    for value in try tensor.reals() {
      guard value.isFinite, value.high.magnitude < 0x1p63 else {
        throw .unsupported("OneHot of numbers beyond int64")
      }
      result.append(Int128(value.high.rounded(.towardZero)))
    }
    return result
  }
}
