import ExtendedArithmetic

/// The line alpha·x + beta cut to [0, 1], the core of HardSigmoid and HardSwish.
struct ClampedLine {
  let alpha: DoubleDouble
  let beta: DoubleDouble

  /// max(0, min(1, alpha·x + beta)); NaN stays NaN.
  func callAsFunction(_ x: DoubleDouble) -> DoubleDouble {
    let line = alpha * x + beta
    if line < .zero { return .zero }
    return line > .one ? .one : line
  }

  /// |alpha·x| where the line meets zero or lies above: in units of u_c what the rounded product
  /// leaves of a sum that cancels. Below zero or above one by more than any rounding there is
  /// nothing to err: the result is cut.
  func cancellation(_ x: DoubleDouble) -> Double {
    let product = (alpha * x).high.magnitude
    let line = (alpha * x + beta).high
    return line > -0x1p-20 * product && line < 1 + 0x1p-3 * product ? product : 0
  }
}
