/// One element that is finite on both sides.
struct ErrorPair: Hashable, Sendable {
  /// Linear position in the tensor.
  let position: Int
  let observed: Double
  /// The exact result, not rounded to the type.
  let golden: Double

  var error: Double { observed - golden }
}
