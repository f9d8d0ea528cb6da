import Tensors

/// Where the features of one attention head lie: [batch, heads, tokens, width] or heads side by side
/// in [batch, tokens, heads·width].
struct HeadLayout {
  let batch: Int
  let heads: Int
  let tokens: Int
  let width: Int
  private let isPacked: Bool

  /// Nil when the rank is neither 4 nor 3 with a number of heads that divides the last axis.
  init?(_ shape: Shape, heads: Int) {
    if shape.count == 4 {
      (batch, self.heads, tokens, width) = (shape[0], shape[1], shape[2], shape[3])
      isPacked = false
    } else {
      guard shape.count == 3, heads > 0, shape[2] % heads == 0 else { return nil }
      (batch, self.heads, tokens, width) = (shape[0], heads, shape[1], shape[2] / heads)
      isPacked = true
    }
  }

  /// The row-major position of one feature.
  func position(_ batch: Int, _ head: Int, _ token: Int, _ feature: Int) -> Int {
    isPacked
      ? ((batch * tokens + token) * heads + head) * width + feature
      : ((batch * heads + head) * tokens + token) * width + feature
  }
}
