/// Independent draws from the uniform distribution, of a stated shape.
enum RandomUniformKernel: UniformDraws {
  static let name = "RandomUniform"
}
