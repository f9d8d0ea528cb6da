/// Independent draws from the normal distribution, of a stated shape.
enum RandomNormalKernel: NormalDraws {
  static let name = "RandomNormal"
}
