/// C99 hexadecimal text of binary64 values, e.g. `0x1.8p+3`: exact in both directions, and the
/// same on every machine and in every locale.
package enum HexFloat {
  static let hexDigits = Array("0123456789abcdef".utf8)

  /// The text of a value: what C's `%a` writes, with `nan`, `inf` and `-inf`.
  ///
  /// Subnormals keep the exponent -1022 and a leading 0. Sign and payload of NaN are dropped.
  package static func text(of value: Double) -> String {
    if value.isNaN { return "nan" }
    let sign = value.sign == .minus ? "-" : ""
    if value.isInfinite { return sign + "inf" }
    if value == 0 { return sign + "0x0p+0" }
    let fraction = value.significandBitPattern
    let isNormal = value.exponentBitPattern != 0
    let exponent = isNormal ? Int(value.exponentBitPattern) - 1023 : -1022
    var text = sign + (isNormal ? "0x1" : "0x0")
    if fraction != 0 {
      text += "."
      var rest = fraction << 12
      while rest != 0 {
        text.unicodeScalars.append(Unicode.Scalar(hexDigits[Int(rest >> 60)]))
        rest <<= 4
      }
    }
    return text + (exponent < 0 ? "p-" : "p+") + String(abs(exponent))
  }

  /// The value of a text; nil when it is no hex float or not exactly a binary64 value.
  ///
  /// Reads `[-]0xH[.H]p±D` with digits in either case, `nan`, `inf` and `-inf`.
  package static func value(of text: String) -> Double? {
    var reader = Reader(bytes: Array(text.utf8)[...])
    let isNegative = reader.take("-")
    if reader.bytes.elementsEqual("inf".utf8) { return isNegative ? -.infinity : .infinity }
    if reader.bytes.elementsEqual("nan".utf8) { return isNegative ? nil : .nan }
    guard reader.take("0"), reader.take("x"), reader.significandAndExponent(),
      let magnitude = scaled(reader.significand, reader.exponent)
    else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  /// significand · 2^exponent; nil when that is not exactly a binary64 value.
  private static func scaled(_ significand: UInt64, _ exponent: Int) -> Double? {
    guard significand != 0 else { return 0 }
    let shift = significand.trailingZeroBitCount
    let odd = significand >> UInt64(shift)
    let (low, overflow) = exponent.addingReportingOverflow(shift)
    guard !overflow, let exact = Double(exactly: odd), low >= -1074, low <= 1023 else { return nil }
    let value = Double(sign: .plus, exponent: low, significand: exact)
    return value.isFinite ? value : nil
  }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>
    var significand: UInt64 = 0
    var exponent = 0

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard let first = bytes.first, UInt32(first) == character.value else { return false }
      bytes.removeFirst()
      return true
    }

    /// Reads `H[.H]p±D` up to the end; false when something else stands there or is too long.
    mutating func significandAndExponent() -> Bool {
      guard digits(scale: 0) else { return false }
      if take("."), !digits(scale: -4) { return false }
      guard take("p") else { return false }
      let isNegative = take("-")
      if !isNegative { _ = take("+") }
      guard !bytes.isEmpty, bytes.count <= 6 else { return false }
      var value = 0
      for byte in bytes {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return false }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      exponent += isNegative ? -value : value
      return true
    }

    /// Reads at least one hexadecimal digit, moving the exponent by `scale` for each.
    private mutating func digits(scale: Int) -> Bool {
      var count = 0
      while let byte = bytes.first, let digit = HexFloat.hexDigit(byte) {
        guard significand >> 60 == 0 else { return false }
        significand = significand << 4 | UInt64(digit)
        exponent += scale
        bytes.removeFirst()
        count += 1
      }
      return count > 0
    }
  }
}
