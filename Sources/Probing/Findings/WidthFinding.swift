import NumericFormats
package import Spec

/// How many bits of a value survive on the way through an operator.
///
/// Decoded from odd integers of exactly w bits, which are changed as soon as fewer bits are kept.
package struct WidthFinding: Hashable, Sendable {
  /// One integer that was sent through exact arithmetic, and what came back.
  package struct Sample: Hashable, Sendable {
    package var width: Int
    package var sent: Double
    package var observed: Double

    package init(width: Int, sent: Double, observed: Double) {
      self.width = width
      self.sent = sent
      self.observed = observed
    }
  }

  /// Bits that were kept of every value; those of the widest sample when nothing was lost.
  package let bits: Int
  /// Nothing was lost.
  package let isFull: Bool
  /// How the rest was rounded; nil when nothing was lost, or neither rounding explains what is seen.
  package let rounding: NumericMode.Rounding?
  /// Values beyond the range of float16 became infinite.
  package let isNarrowRange: Bool

  /// Reads samples of growing width; nil without any.
  package init?(_ samples: [Sample]) {
    guard let widest = samples.map(\.width).max() else { return nil }
    // An infinite result of a small value is no matter of range, and neither rounding explains it.
    let inRange = samples.filter {
      $0.observed.isFinite || $0.sent.magnitude <= FloatFormat.f16.greatestFinite
    }
    isNarrowRange = inRange.count < samples.count
    let lost = inRange.filter { $0.observed != $0.sent }
    guard let first = lost.map(\.width).min() else {
      (bits, isFull, rounding) = (widest, !isNarrowRange, nil)
      return
    }
    let kept = first - 1
    func all(_ round: (Double) -> Double) -> Bool {
      inRange.allSatisfy { $0.observed == round($0.sent) }
    }
    bits = kept
    isFull = false
    if all({ Self.nearest($0, bits: kept) }) {
      rounding = .nearestEven
    } else if all({ Self.towardZero($0, bits: kept) }) {
      rounding = .towardZero
    } else {
      rounding = nil
    }
  }

  /// The name of the format these bits are known as, e.g. `bf16`; `13 bits` where there is none.
  package var formatName: String {
    switch bits {
    case 8: "bf16"
    case 11: isNarrowRange ? "fp16" : "tf32"
    case 12: "hf32"
    case 24: "f32"
    default: "\(bits) bits"
    }
  }

  /// An integer rounded to so many significant bits, to nearest, ties to even.
  static func nearest(_ value: Double, bits: Int) -> Double {
    let unit = unit(of: value, bits: bits)
    return (value / unit).rounded(.toNearestOrEven) * unit
  }

  /// The same toward zero.
  static func towardZero(_ value: Double, bits: Int) -> Double {
    let unit = unit(of: value, bits: bits)
    return (value / unit).rounded(.towardZero) * unit
  }

  private static func unit(of value: Double, bits: Int) -> Double {
    value == 0 ? 1 : powerOfTwo(Int(value.exponent) - bits + 1)
  }
}
