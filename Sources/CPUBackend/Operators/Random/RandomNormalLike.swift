/// Independent draws from the normal distribution, of the shape of the input.
enum RandomNormalLikeKernel: NormalDraws {
  static let name = "RandomNormalLike"
  static let isLike = true
}
