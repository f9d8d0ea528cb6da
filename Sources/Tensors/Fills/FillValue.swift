import NumericFormats

/// One explicitly written element, e.g. `-0.5`, `0x1p-3`, `nan`, `max` or a string.
///
/// The text is read when the element type is known, so that one list serves every type.
package struct FillValue: Hashable, Sendable {
  package let text: String

  /// Takes any text; whether it means something depends on the element type.
  package init(_ text: String) { self.text = text }

  /// The code of the value in a type with one code per element.
  ///
  /// Words for every number type: `max`, `min` (the lowest finite value). For floats also `nan`,
  /// `inf`, `smallest-normal`, `smallest-subnormal`; a leading sign is allowed. Decimal and
  /// hexadecimal numbers are read as binary64 and rounded once. Throws `doesNotFit` when the value
  /// is not a number of the type, and `wrongType` for strings and complex types.
  package func code(in type: ElementType) throws(FillError) -> UInt64 {
    switch type.meaning {
    case .float(let format): try code(in: format, of: type)
    case .integer(let bits, let signed): try code(bits: bits, signed: signed, of: type)
    case .bool: try boolCode()
    case .string, .complex: throw .wrongType(fill: "value '\(text)'", type: type)
    }
  }

  private func code(in format: FloatFormat, of type: ElementType) throws(FillError) -> UInt64 {
    guard let number = number(in: format) else { throw .doesNotFit(value: text, type: type) }
    let representable =
      if number.isNaN {
        format.hasNaN
      } else if number.isInfinite {
        format.hasInfinity
      } else {
        number.magnitude <= format.greatestFinite && (format.isSigned || number > 0)
      }
    guard representable else { throw .doesNotFit(value: text, type: type) }
    return format.encode(number)
  }

  /// The number the text means in a float format, not yet rounded; nil for other text.
  private func number(in format: FloatFormat) -> Double? {
    let (sign, magnitude) = signAndMagnitude
    switch magnitude {
    case "nan": return .nan
    case "inf": return sign * .infinity
    case "max": return sign * format.greatestFinite
    case "min" where sign > 0: return -format.greatestFinite
    case "smallest-normal": return sign * format.smallestNormal
    case "smallest-subnormal": return sign * format.smallestSubnormal
    case "true": return 1
    case "false": return 0
    default:
      guard magnitude.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E }) == true else {
        return nil
      }
      return Double(magnitude).map { sign * $0 }
    }
  }

  private var signAndMagnitude: (Double, Substring) {
    if text.utf8.first == 0x2D { return (-1, text.dropFirst()) }
    if text.utf8.first == 0x2B { return (1, text.dropFirst()) }
    return (1, text[...])
  }

  private func code(bits: Int, signed: Bool, of type: ElementType) throws(FillError) -> UInt64 {
    let range = IntegerRange(bits: bits, signed: signed)
    let value: Int128? =
      switch text {
      case "max": range.highest
      case "min": range.lowest
      case "true": 1
      case "false": 0
      default: Int128(text) ?? Double(text).flatMap { Int128(exactly: $0) }
      }
    guard let value, value >= range.lowest, value <= range.highest else {
      throw .doesNotFit(value: text, type: type)
    }
    return UInt64(truncatingIfNeeded: value)
  }

  private func boolCode() throws(FillError) -> UInt64 {
    switch text {
    case "true", "1", "max": 1
    case "false", "0", "min": 0
    default: throw .doesNotFit(value: text, type: .bool)
    }
  }
}

/// The values an integer type can hold.
struct IntegerRange {
  let lowest: Int128
  let highest: Int128

  init(bits: Int, signed: Bool) {
    let span = Int128(1) << Int128(signed ? bits - 1 : bits)
    (lowest, highest) = (signed ? -span : 0, span - 1)
  }
}
