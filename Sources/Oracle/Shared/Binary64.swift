import ExtendedArithmetic

/// Products and quotients near the edge of binary64, where double-double loses its low part.
///
/// The operands of a one-node case are values of at most 53 bits. Where the error term of the result
/// would itself underflow, IEEE 754's own operation is correctly rounded and is taken instead.
enum Binary64 {
  /// Below this magnitude the 2^-53-relative error term may be subnormal.
  private static let edge = 0x1p-900

  static func product(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    let rounded = a.high * b.high
    let isDelicate = rounded.magnitude < edge || !rounded.isFinite
    return isDelicate ? DoubleDouble(rounded) : a * b
  }

  static func quotient(_ a: DoubleDouble, _ b: DoubleDouble) -> DoubleDouble {
    let rounded = a.high / b.high
    let isDelicate =
      rounded.magnitude < edge || !rounded.isFinite || a.high.magnitude < edge
      || b.high.magnitude < edge || b.high.magnitude > 1 / edge
    return isDelicate ? DoubleDouble(rounded) : a / b
  }
}
