/// Independent draws from the uniform distribution, of the shape of the input.
enum RandomUniformLikeKernel: UniformDraws {
  static let name = "RandomUniformLike"
  static let isLike = true
}
