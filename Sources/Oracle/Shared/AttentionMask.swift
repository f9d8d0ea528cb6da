import ExtendedArithmetic
import Tensors

/// What keeps keys from a query: an explicit mask, causality, padding, a window.
struct AttentionMask {
  private let added: [DoubleDouble]?
  private let admitted: [Bool]?
  private let shape: Shape
  private let isCausal: Bool
  private let pastCount: Int
  private let validKeys: [Int]?
  private let window: (left: Int, right: Int)

  /// The mask broadcasts to [batch, query heads, queries, keys]; a last axis shorter than the keys
  /// (from version 24 on) admits none beyond its end.
  init(
    _ call: Call, _ query: HeadLayout, keyCount: Int, pastCount: Int
  ) throws(EvaluationError) {
    shape = [query.batch, query.heads, query.tokens, keyCount]
    self.pastCount = pastCount
    isCausal = try call.flag("is_causal")
    validKeys = try call.version >= 24 ? call.optionalTensor(6)?.ints() : nil
    if let validKeys, validKeys.count != query.batch {
      throw .invalid("nonpad_kv_seqlen has \(validKeys.count) entries, not \(query.batch)")
    }
    window = (
      try call.int("left_window_size", default: -1), try call.int("right_window_size", default: -1)
    )
    guard let mask = try call.optionalTensor(3) else {
      (added, admitted) = (nil, nil)
      return
    }
    let full = try Self.extended(mask, keyCount: keyCount).broadcast(to: shape)
    if mask.isIntegral {
      (added, admitted) = (nil, try full.integers().map { $0 != 0 })
    } else {
      (added, admitted) = (try full.reals(), nil)
    }
  }

  private static func extended(
    _ mask: ExactTensor, keyCount: Int
  ) throws(EvaluationError) -> ExactTensor {
    guard let length = mask.shape.last, length != 1, length < keyCount else { return mask }
    let shape = Shape(mask.shape.dropLast()) + [keyCount]
    let fill =
      mask.isIntegral
      ? ExactTensor(mask.type, [], integers: [0])
      : ExactTensor(mask.type, [], reals: [DoubleDouble(-Double.infinity)])
    let positions = (0..<(shape.elementCount ?? 0)).map { linear -> Int? in
      let (row, key) = (linear / keyCount, linear % keyCount)
      return key < length ? row * length + key : nil
    }
    return try mask.gathered(positions, shape: shape, fill: fill)
  }

  /// The score after masking; −Inf where the key is not admitted.
  func apply(
    to score: DoubleDouble, _ batch: Int, _ head: Int, _ token: Int, _ key: Int, _ trace: Trace
  ) -> DoubleDouble {
    let never = DoubleDouble(-Double.infinity)
    // With a count of valid keys the new tokens are the last of them.
    let offset = validKeys.map { $0[batch] - shape[2] } ?? pastCount
    let own = token + offset
    if isCausal, key > own { return never }
    if let validKeys, key >= validKeys[batch] { return never }
    if window.left >= 0, key < own - window.left { return never }
    if window.right >= 0, key > own + window.right { return never }
    let position = ((batch * shape[1] + head) * shape[2] + token) * shape[3] + key
    if let admitted { return admitted[position] ? score : never }
    if let added { return trace.add(score, added[position]) }
    return score
  }
}
