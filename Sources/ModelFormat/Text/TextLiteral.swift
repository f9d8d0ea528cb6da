/// A constant of the textual syntax as it was written.
enum TextLiteral {
  case integer(negative: Bool, magnitude: UInt64)
  /// Decimal text with a point or exponent, or an infinity or NaN.
  case real(String)
  case string(String)

  /// `inf`, `infinity` and `nan` in any case; nil for other words.
  static func special(_ word: String, negative: Bool) -> TextLiteral? {
    switch word.lowercased() {
    case "inf", "infinity": .real(negative ? "-inf" : "inf")
    case "nan": .real(negative ? "-nan" : "nan")
    default: nil
    }
  }

  /// The value of an integer literal, else nil.
  var wide: Int128? {
    guard case .integer(let negative, let magnitude) = self else { return nil }
    return negative ? -Int128(magnitude) : Int128(magnitude)
  }

  /// The nearest value of a number, else nil; a negative zero keeps its sign.
  func rounded<F: BinaryFloatingPoint & LosslessStringConvertible>(to _: F.Type) -> F? {
    switch self {
    case .integer(let negative, let magnitude): negative ? -F(magnitude) : F(magnitude)
    case .real(let text): F(text)
    case .string: nil
    }
  }
}
