/// Numbers as people read them.
package enum FigureText {
  /// At most three significant digits, e.g. `0.0123`, `4.5e+06`.
  package static func short(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    guard value != 0 else { return "0" }
    let exponent = Int(log10Floor(abs(value)))
    if exponent >= 6 || exponent < -4 {
      let scaled = (value / power(exponent) * 100).rounded() / 100
      return "\(trimmed(scaled))e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
    }
    let unit = power(2 - exponent)
    return trimmed((value * unit).rounded() / unit)
  }

  private static func trimmed(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func log10Floor(_ value: Double) -> Double {
    var exponent = 0
    var rest = value
    while rest >= 10 { (rest, exponent) = (rest / 10, exponent + 1) }
    while rest < 1 { (rest, exponent) = (rest * 10, exponent - 1) }
    return Double(exponent)
  }

  private static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }
}
