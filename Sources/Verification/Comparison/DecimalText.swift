import CanonicalJSON

/// Short, locale-free texts of numbers for messages.
package enum DecimalText {
  /// Three significant digits, e.g. `1.65e-08`, `0.25`, `512`; `nan`, `inf`.
  package static func short(_ x: Double) -> String {
    guard x.isFinite else { return x.isNaN ? "nan" : x < 0 ? "-inf" : "inf" }
    guard x != 0 else { return x.sign == .minus ? "-0" : "0" }
    let sign = x < 0 ? "-" : ""
    var (digits, exponent) = decimal(abs(x))
    if digits.count > 3 {
      let roundsUp = digits[3] >= 5
      digits.removeSubrange(3...)
      if roundsUp { increment(&digits, &exponent) }
    }
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
    return sign + layout(digits, exponent)
  }

  /// Five decimals, cut and not rounded, so that only 1 itself reads 1: `0.99998`; for |x| ≤ 1000.
  package static func cut(_ x: Double) -> String {
    guard abs(x) <= 1_000 else { return short(x) }
    let scaled = Int(abs(x) * 1e5)
    let fraction = String(scaled % 100_000)
    let zeros = String(repeating: "0", count: 5 - fraction.count)
    return (x < 0 ? "-" : "") + "\(scaled / 100_000).\(zeros)\(fraction)"
  }

  /// Hexadecimal and short decimal form, e.g. `0x1.1cp-26 (1.65e-08)`.
  static func both(_ x: Double) -> String {
    x.isFinite ? "\(HexFloat.text(of: x)) (\(short(x)))" : short(x)
  }

  /// An integer that is held as binary64; anything else as `both`.
  static func integer(_ x: Double) -> String {
    Int64(exactly: x).map { String($0) } ?? both(x)
  }

  /// The shortest digits that identify a positive value, and the exponent of the first one.
  private static func decimal(_ x: Double) -> (digits: [UInt8], exponent: Int) {
    let parts = x.description.split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts.first ?? "0"
    let point = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    let whole = point.first.map { $0.utf8.map { $0 &- 0x30 } } ?? []
    let fraction = point.count > 1 ? point[1].utf8.map { $0 &- 0x30 } : []
    let all = whole + fraction
    let leading = all.prefix { $0 == 0 }.count
    return (Array(all.dropFirst(leading)), exponent + whole.count - 1 - leading)
  }

  private static func increment(_ digits: inout [UInt8], _ exponent: inout Int) {
    for index in digits.indices.reversed() {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
    }
    digits = [1] + digits.dropLast()
    exponent += 1
  }

  private static func layout(_ digits: [UInt8], _ exponent: Int) -> String {
    let text = digits.map { String($0) }
    switch exponent {
    case -4 ... -1:
      return "0." + String(repeating: "0", count: -exponent - 1) + text.joined()
    case 0..<6:
      let whole = text.prefix(exponent + 1).joined()
      let zeros = String(repeating: "0", count: max(0, exponent + 1 - digits.count))
      let fraction = text.dropFirst(exponent + 1).joined()
      return whole + zeros + (fraction.isEmpty ? "" : "." + fraction)
    default:
      let fraction = text.dropFirst().joined()
      let magnitude = abs(exponent)
      let sign = exponent < 0 ? "e-" : "e+"
      return text[0] + (fraction.isEmpty ? "" : "." + fraction) + sign
        + (magnitude < 10 ? "0" : "") + String(magnitude)
    }
  }
}
