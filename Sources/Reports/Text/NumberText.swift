/// Numbers as people read them; independent of locale and of the C library.
package enum NumberText {
  /// Digits in groups of three, e.g. `7,541`.
  package static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = value < 0 ? "-" : ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0, (digits.count - offset).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// At most `digits` significant decimal digits, e.g. `4.1e+06`, `0.37`, `∞`.
  ///
  /// Rounds the shortest decimal that identifies the value, half up: for display only.
  package static func significant(_ value: Double, digits: Int = 2) -> String {
    if value.isNaN { return "NaN" }
    let sign = value.sign == .minus ? "-" : ""
    if value.isInfinite { return sign + "∞" }
    if value == 0 { return "0" }
    var (figures, exponent) = decimal(value.magnitude)
    if figures.count > digits {
      let roundsUp = figures[digits] >= 5
      figures.removeSubrange(digits...)
      if roundsUp, !increment(&figures) {
        figures = [1]
        exponent += 1
      }
    }
    while figures.count > 1, figures.last == 0 { figures.removeLast() }
    return sign + layout(figures, exponent: exponent)
  }

  /// Seconds with three decimals from nanoseconds, e.g. `0.012`; negative durations are zero.
  package static func seconds(nanoseconds: Int64) -> String {
    let clamped = max(0, nanoseconds)
    let milliseconds = clamped / 1_000_000 + (clamped % 1_000_000 >= 500_000 ? 1 : 0)
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  /// Whole seconds in words, e.g. `12 s`, `1 min 12 s`, `2 h 05 min`.
  package static func duration(seconds: Int64) -> String {
    let clamped = max(0, seconds)
    if clamped < 60 { return "\(clamped) s" }
    if clamped < 3600 { return "\(clamped / 60) min \(padded(clamped % 60)) s" }
    return "\(clamped / 3600) h \(padded(clamped / 60 % 60)) min"
  }

  private static func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// The figures d₀d₁… and exponent e of d₀.d₁… × 10^e, from the shortest decimal of the value.
  private static func decimal(_ value: Double) -> (figures: [Int], exponent: Int) {
    let parts = value.description.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts.first ?? "0"
    let whole = mantissa.prefix { $0 != "." }
    var figures = mantissa.compactMap(\.wholeNumberValue)
    exponent += whole.count - 1
    while figures.count > 1, figures.first == 0 {
      figures.removeFirst()
      exponent -= 1
    }
    return (figures, exponent)
  }

  /// Adds one to the last figure; false when it carried out of the first.
  private static func increment(_ figures: inout [Int]) -> Bool {
    for index in figures.indices.reversed() {
      if figures[index] < 9 {
        figures[index] += 1
        return true
      }
      figures[index] = 0
    }
    return false
  }

  private static func layout(_ figures: [Int], exponent: Int) -> String {
    let text = figures.map(String.init).joined()
    switch exponent {
    case 0..<6 where figures.count <= exponent + 1:
      return text + String(repeating: "0", count: exponent + 1 - figures.count)
    case 0..<6:
      return text.prefix(exponent + 1) + "." + text.dropFirst(exponent + 1)
    case -4..<0:
      return "0." + String(repeating: "0", count: -exponent - 1) + text
    default:
      let fraction = figures.count > 1 ? "." + text.dropFirst() : ""
      let magnitude = exponent.magnitude
      return text.prefix(1) + fraction + (exponent < 0 ? "e-" : "e+")
        + (magnitude < 10 ? "0\(magnitude)" : "\(magnitude)")
    }
  }
}
