/// What one element may differ by.
struct ElementBound: Hashable, Sendable {
  /// The part before the rounding to the output type: decides about overflow and flushing (S3, S4).
  var inner: Double
  /// The limit of |y − g|; 0 demands the golden rounded to the output type.
  var total: Double
  /// σ of a correct implementation's error, scaled for the distribution rule; 0: takes no part.
  var sigma: Double = 0
  /// What an overflow or underflow on the way of some legal order leaves.
  var specials: LegalSpecials = []
}

/// The values that a legal order of evaluation may give for a finite result, because it leaves the
/// range on the way.
struct LegalSpecials: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let nan = Self(rawValue: 1)
  static let positiveInfinity = Self(rawValue: 2)
  static let negativeInfinity = Self(rawValue: 4)
  static let zero = Self(rawValue: 8)
  static let all: Self = [.nan, .positiveInfinity, .negativeInfinity, .zero]

  /// Whether y is among them; `greatest` stands for an infinity in a saturating mode and is nil in
  /// any other.
  func contains(value y: Double, greatest: Double?) -> Bool {
    if isEmpty { return false }
    if y.isNaN { return contains(.nan) }
    if y == 0 { return contains(.zero) }
    guard abs(y) == .infinity || abs(y) == greatest else { return false }
    return contains(y < 0 ? .negativeInfinity : .positiveInfinity)
  }
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
