import Spec
import Tensors

/// Which token each element of an output belongs to (numerics §6.10).
struct TokenLayout {
  /// The number of the token by element.
  let tokens: [Int]
  let count: Int
  private let axes: [Int]
  private let extents: [Int]

  init(_ rule: TokenRule, shape: Shape) throws(GoldenFault) {
    guard rule.axes.allSatisfy(shape.indices.contains), Set(rule.axes).count == rule.axes.count
    else { throw GoldenFault("token axes \(rule.axes) of the shape \(shape)") }
    (axes, extents) = (rule.axes, rule.axes.map { shape[$0] })
    let strides = shape.rowMajorStrides
    tokens = (0..<(shape.elementCount ?? 0)).map { position in
      rule.axes.reduce(0) { $0 * shape[$1] + position / strides[$1] % shape[$1] }
    }
    count = extents.reduce(1, *)
  }

  /// The place of a token, e.g. `axes 0, 1 = 1, 17`.
  func name(of token: Int) -> String {
    guard !axes.isEmpty else { return "the output" }
    var rest = token
    var index: [Int] = []
    for extent in extents.reversed() {
      index.insert(extent > 0 ? rest % extent : 0, at: 0)
      rest = extent > 0 ? rest / extent : 0
    }
    return "the token [\(index.map { "\($0)" }.joined(separator: ", "))]"
  }

  /// The root mean square of the values of each token; values that are not finite take no part.
  func rootMeanSquares(_ values: [Double]) -> [Double] {
    var (sums, counts) = ([Double](repeating: 0, count: count), [Int](repeating: 0, count: count))
    for (value, token) in zip(values, tokens) where value.isFinite {
      sums[token] += value * value
      counts[token] += 1
    }
    return zip(sums, counts).map { $1 > 0 ? ($0 / Double($1)).squareRoot() : 0 }
  }
}
