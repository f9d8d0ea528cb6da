/// How the elements of a model's output are pooled and decided (numerics §6.10).
package struct TokenRule: Hashable, Sendable {
  /// The axes whose indices name a token or an image position; all others lie inside one token.
  /// None: the whole output is one token.
  package var axes: [Int]
  /// Whether rows along the last axis are scores, of which the largest is the answer.
  package var isLogits: Bool

  package init(axes: [Int], isLogits: Bool) {
    (self.axes, self.isLogits) = (axes, isLogits)
  }
}
