/// Floating-point numbers as integers without a trap.
package enum WholeNumber {
  /// The number cut off towards zero, or the nearest limit of the type; zero for NaN.
  package static func clamping<Number: FixedWidthInteger>(_ value: Double) -> Number {
    if value.isNaN { return 0 }
    let whole = value.rounded(.towardZero)
    return Number(exactly: whole) ?? (whole < 0 ? Number.min : Number.max)
  }
}
