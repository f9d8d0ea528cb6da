import ExtendedArithmetic
import Tensors

/// Keys or values of an attention call: the past ones followed by the new ones.
struct CachedHeads {
  let batch: Int
  let heads: Int
  let tokens: Int
  let width: Int
  let pastTokens: Int
  /// [batch, heads, tokens, width], the layout of present outputs.
  let present: ExactTensor
  private let elements: [DoubleDouble]

  init(_ new: ExactTensor, past: ExactTensor?, heads: Int) throws(EvaluationError) {
    guard let layout = HeadLayout(new.shape, heads: heads) else {
      throw .invalid("Attention: K and V of rank 3 need kv_num_heads, else rank 4")
    }
    pastTokens = past?.shape.dropFirst(2).first ?? 0
    (batch, self.heads, width) = (layout.batch, layout.heads, layout.width)
    tokens = pastTokens + layout.tokens
    if let past {
      guard past.shape == [batch, layout.heads, pastTokens, width] else {
        throw .invalid("Attention: a past of shape \(past.shape)")
      }
    }
    let joined = try ExactTensor.joined([new] + (past.map { [$0] } ?? []))
    let shape = [batch, layout.heads, tokens, width]
    var positions: [Int] = []
    for linear in 0..<(shape.elementCount ?? 0) {
      let index = shape.index(ofLinear: linear)
      if index[2] < pastTokens {
        let offset = (index[0] * layout.heads + index[1]) * pastTokens + index[2]
        positions.append(new.count + offset * width + index[3])
      } else {
        positions.append(layout.position(index[0], index[1], index[2] - pastTokens, index[3]))
      }
    }
    present = try joined.gathered(positions, shape: shape)
    elements = try present.reals()
  }

  /// The features of one token of one head.
  func row(_ batch: Int, _ head: Int, _ token: Int) -> [DoubleDouble] {
    let start = ((batch * heads + head) * tokens + token) * width
    return Array(elements[start..<(start + width)])
  }
}
