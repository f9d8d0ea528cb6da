/// A number with `digits` decimals, right-aligned in `width` characters.
func column(_ value: Double, digits: Int, width: Int) -> String {
  let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
  guard abs(value * scale) < 1e15 else { return column("-", width: width) }
  let scaled = Int((abs(value) * scale).rounded())
  let fraction = String(scaled % Int(scale))
  let zeros = String(repeating: "0", count: max(0, digits - fraction.count))
  let sign = value < 0 && scaled != 0 ? "-" : ""
  let decimals = digits > 0 ? "." + zeros + fraction : ""
  return column("\(sign)\(scaled / Int(scale))\(decimals)", width: width)
}

/// Text right-aligned in `width` characters.
func column(_ text: String, width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
