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
}
