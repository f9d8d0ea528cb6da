import Glibc
import Tensors

/// Numbers as text, in both directions, whatever the locale of the process.
enum NumberText {
  /// The shortest text that reads back as the same number; `NaN`, `INF` and `-INF`.
  static func texts(of x: Tensor) throws(KernelError) -> [String] {
    switch x.type {
    case .f64: return try x.reals(Double.self).map { special($0) ?? "\($0)" }
    case .f16:
      return x.withElements(UInt16.self) { codes in
        codes.map {
          let value = Float16(bitPattern: $0)
          return special(Double(value)) ?? "\(value)"
        }
      }
    default: return try x.reals(Float.self).map { special(Double($0)) ?? "\($0)" }
    }
  }

  private static func special(_ value: Double) -> String? {
    if value.isNaN { return "NaN" }
    return value.isInfinite ? (value < 0 ? "-INF" : "INF") : nil
  }

  /// Decimal integers; bool as `True` and `False`.
  static func texts(of values: [Int64], type: ElementType) -> [String] {
    switch type {
    case .bool: values.map { $0 == 0 ? "False" : "True" }
    case .u64: values.map { "\(UInt64(bitPattern: $0))" }
    default: values.map { "\($0)" }
    }
  }

  /// The number a text stands for.
  ///
  /// - Parameter forSecondRounding: whether the result will be rounded to a narrower format. It is
  ///   then rounded to odd instead of nearest, so that the second rounding gives what one rounding
  ///   of the exact number would. (S. Boldo, G. Melquiond, "Emulation of FMA and correctly rounded
  ///   sums: proved algorithms using rounding to odd", IEEE Trans. Computers 57(4), 2008.)
  /// - Throws: `invalidInput` for text that is no number.
  static func double(_ text: String, forSecondRounding: Bool) throws(KernelError) -> Double {
    guard forSecondRounding else { return try number(text, rounding: FE_TONEAREST) }
    let below = try number(text, rounding: FE_DOWNWARD)
    let above = try number(text, rounding: FE_UPWARD)
    return below == above || below.isNaN || below.bitPattern & 1 == 1 ? below : above
  }

  private static func number(_ text: String, rounding: Int) throws(KernelError) -> Double {
    let trimmed = trimming(text)
    let value: Double? = trimmed.withCString { start in
      let (mode, locale) = (fegetround(), uselocale(plainLocale))
      fesetround(Int32(rounding))
      defer {
        fesetround(mode)
        uselocale(locale)
      }
      var end: UnsafeMutablePointer<CChar>?
      let value = strtod(start, &end)
      guard let end, end - UnsafeMutablePointer(mutating: start) == trimmed.utf8.count else {
        return nil
      }
      return value
    }
    guard let value, !trimmed.isEmpty else { throw notANumber(text) }
    return value
  }

  /// The integer a text stands for; the integer part of text with a fraction.
  static func integer(_ text: String, in range: IntegerRange) throws(KernelError) -> Int64 {
    let trimmed = trimming(text)
    if let value = Int64(trimmed) { return value }
    if let value = UInt64(trimmed) { return Int64(bitPattern: value) }
    return range.truncating(try double(text, forSecondRounding: false))
  }

  /// The truth value a text stands for: a word, or any number but zero.
  static func truth(_ text: String) throws(KernelError) -> Bool {
    switch trimming(text).lowercased() {
    case "true": true
    case "false": false
    default: try double(text, forSecondRounding: false) != 0
    }
  }

  private static func trimming(_ text: String) -> String {
    let spaces: Set<Character> = [" ", "\t", "\n", "\r"]
    let start = text.drop { spaces.contains($0) }
    return String(start.reversed().drop { spaces.contains($0) }.reversed())
  }

  private static func notANumber(_ text: String) -> KernelError {
    .invalidInput("\"\(text.prefix(60))\" is not a number")
  }

  nonisolated(unsafe) private static let plainLocale = newlocale(1 << LC_NUMERIC, "C", nil)
}
