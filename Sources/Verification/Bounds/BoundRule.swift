/// What one element may differ by.
struct ElementBound: Hashable, Sendable {
  /// The part before the rounding to the output type: decides about overflow and flushing (S3, S4).
  var inner: Double
  /// The limit of |y − g|; 0 demands the golden rounded to the output type.
  var total: Double
  /// σ of a correct implementation's error, scaled for the distribution rule; 0: takes no part.
  var sigma: Double = 0
  /// Some legal order overflows or underflows on the way: NaN, infinities and zero are allowed.
  var allowsSpecials = false
}

/// How an accuracy class bounds its elements; a pure function of side data and mode.
protocol BoundRule {
  /// The bound of the element at a linear position whose golden is finite.
  func bound(at position: Int, golden: Double) -> ElementBound
  /// Whether the data of an exact twin are exact in the accumulators of the mode.
  var honoursExactTwin: Bool { get }
  /// Whether no correct implementation can give this finite value.
  func isOutOfRange(_ observed: Double) -> Bool
  /// How the bound of an element comes about, in words and numbers.
  func derivation(at position: Int, golden: Double) -> [String]
}

extension BoundRule {
  var honoursExactTwin: Bool { true }

  @inline(__always)
  func isOutOfRange(_ observed: Double) -> Bool { false }
}
