import ExtendedArithmetic
import Tensors

/// Pairs of features rotated by an angle that depends on the position in the sequence.
///
///     (a, b) → (a·cos − b·sin, b·cos + a·sin)
///
/// - (C1) Pairs are halves of the rotated features, or neighbours when `interleaved`.
/// - (C2) With `position_ids` the caches hold one row per position; without, one row per token.
/// - (C3) `rotary_embedding_dim` rotates the first features only; the rest passes through.
/// - (C4) A rank-3 input holds `num_heads` heads side by side.
/// - Height: two products and one sum.
/// - Source: onnx/onnx docs/Operators.md, RotaryEmbedding.
enum RotaryEmbeddingEvaluator: Evaluator {
  static let name = "RotaryEmbedding"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let heads = HeadLayout(x.shape, heads: try call.int("num_heads", default: 0))
    guard let heads else { throw .invalid("RotaryEmbedding: rank 3 needs num_heads, else rank 4") }
    let rotated = try call.int("rotary_embedding_dim", default: 0)
    let width = rotated == 0 ? heads.width : rotated
    guard width <= heads.width, width % 2 == 0 else {
      throw .invalid("RotaryEmbedding of \(width) of \(heads.width) features")
    }
    let angles = try Angles(call, heads, pairs: width / 2)
    let isInterleaved = try call.flag("interleaved")
    let values = try x.reals()
    var terms = values.map { [$0] }
    for batch in 0..<heads.batch {
      for token in 0..<heads.tokens {
        let (cosine, sine) = try angles.row(batch: batch, token: token)
        for head in 0..<heads.heads {
          for pair in 0..<(width / 2) {
            let (first, second) =
              isInterleaved ? (2 * pair, 2 * pair + 1) : (pair, pair + width / 2)
            let a = heads.position(batch, head, token, first)
            let b = heads.position(batch, head, token, second)
            terms[a] = [values[a] * cosine[pair], DoubleDouble.zero - values[b] * sine[pair]]
            terms[b] = [values[b] * cosine[pair], values[a] * sine[pair]]
          }
        }
      }
    }
    var output = AccumulatedTensor(hasProducts: true)
    for group in terms {
      if group.count == 1 {
        output.append(exact: group[0])
      } else {
        output.append(ExactSum(group), height: 3)
      }
    }
    return [output.outcome(x.type, x.shape)]
  }

  /// The rows of the cosine and sine caches by token.
  private struct Angles {
    private let cosine: [DoubleDouble]
    private let sine: [DoubleDouble]
    private let positions: [Int]?
    private let pairs: Int
    private let tokens: Int

    init(_ call: Call, _ heads: HeadLayout, pairs: Int) throws(EvaluationError) {
      (cosine, sine) = (try call.tensor(1).reals(), try call.tensor(2).reals())
      positions = try call.optionalTensor(3)?.ints()
      (self.pairs, tokens) = (pairs, heads.tokens)
      let expected = positions == nil ? [heads.batch, heads.tokens, pairs] : nil
      let shape = try call.tensor(1).shape
      guard try call.tensor(2).shape == shape, expected.map({ $0 == shape }) ?? (shape.count == 2),
        shape.last == pairs,
        (positions?.count ?? 0) == (positions == nil ? 0 : heads.batch * tokens)
      else { throw .invalid("RotaryEmbedding: caches of shape \(shape) do not fit") }
    }

    func row(batch: Int, token: Int) throws(EvaluationError) -> ([DoubleDouble], [DoubleDouble]) {
      let row = positions?[batch * tokens + token] ?? batch * tokens + token
      guard row >= 0, (row + 1) * pairs <= cosine.count else {
        throw .invalid("position \(row) lies outside the caches")
      }
      let range = (row * pairs)..<((row + 1) * pairs)
      return (Array(cosine[range]), Array(sine[range]))
    }
  }
}
