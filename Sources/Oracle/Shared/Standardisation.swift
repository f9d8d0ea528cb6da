import ExtendedArithmetic

/// The scaled and shifted deviations of a row from its mean, in units of its spread.
///
///     y = scale · (x − mean) / √(variance + epsilon) + offset
struct Standardisation {
  private let moments: Moments
  private let root: DoubleDouble
  private let call: Call

  /// `call.decomposition` 1 takes the moments by updates. Folding scale and mean into one offset is
  /// no legal decomposition: it cancels what the formula keeps.
  init(_ row: [DoubleDouble], epsilon: DoubleDouble, _ call: Call) {
    self.call = call
    moments = Moments(row, call)
    root = call.trace.primitive(.squareRoot, call.trace.add(moments.variance, epsilon))
  }

  /// `units` is the size of a rounding of the quotient before it is scaled.
  func applied(
    to x: DoubleDouble, scale: DoubleDouble, offset: DoubleDouble, units: Double = 1
  ) -> DoubleDouble {
    let trace = call.trace
    let normal = trace.step(trace.subtract(x, moments.mean) / root, units: units)
    return trace.add(trace.step(normal * scale, units: units), offset)
  }
}
