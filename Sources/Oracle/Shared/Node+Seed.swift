import ModelFormat

extension Node {
  /// The bits of the `seed` attribute, 0 without one.
  var seedWord: Int { Int(attributes["seed"]?.floatValue?.bitPattern ?? 0) }
}
