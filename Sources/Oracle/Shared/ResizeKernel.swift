import ExtendedArithmetic

/// The interpolation kernel of Resize along one axis.
struct ResizeKernel {
  private let mode: String
  private let nearestMode: String
  private let cubic: DoubleDouble
  private let isAntialiased: Bool
  private let excludesOutside: Bool

  init(_ call: Call, mode: String) throws(EvaluationError) {
    self.mode = mode
    nearestMode =
      call.version < 11 ? "floor" : try call.string("nearest_mode", default: "round_prefer_floor")
    cubic = DoubleDouble(try call.float("cubic_coeff_a", default: -0.75))
    isAntialiased = try call.flag("antialias")
    excludesOutside = try call.flag("exclude_outside")
    guard ["nearest", "linear", "cubic"].contains(mode) else {
      throw .invalid("Resize knows no mode \"\(mode)\"")
    }
  }

  /// The taps for an input coordinate on an axis of the given length.
  func taps(
    at coordinate: DoubleDouble, length: Int, scale: DoubleDouble, _ trace: Trace
  ) throws(EvaluationError) -> ResizeTaps {
    guard mode != "nearest" else {
      let whole = Int(try nearest(coordinate).high)
      return ResizeTaps(positions: [Swift.min(Swift.max(whole, 0), length - 1)], weights: [.one])
    }
    // With antialiasing, downscaling widens the kernel by 1/scale.
    let squeeze = isAntialiased && scale < .one ? scale : .one
    let radius = DoubleDouble(mode == "linear" ? 1.0 : 2.0) / squeeze
    let first = Int((coordinate - radius).floor().high)
    let last = Int((coordinate + radius).floor().high) + 1
    var (positions, weights): ([Int], [DoubleDouble]) = ([], [])
    for tap in first...last {
      let distance = trace.subtract(coordinate, DoubleDouble(Double(tap))) * squeeze
      let weight = self.weight(distance.magnitude, trace)
      guard weight != .zero else { continue }
      if excludesOutside, tap < 0 || tap >= length { continue }
      positions.append(Swift.min(Swift.max(tap, 0), length - 1))
      weights.append(weight)
    }
    guard excludesOutside || squeeze != .one else {
      return ResizeTaps(positions: positions, weights: weights)
    }
    let total = trace.sum(weights)
    guard total != .zero else { throw .unsupported("Resize weights that sum to zero") }
    return ResizeTaps(positions: positions, weights: weights.map { trace.divide($0, by: total) })
  }

  private func nearest(_ coordinate: DoubleDouble) throws(EvaluationError) -> DoubleDouble {
    let half = DoubleDouble(0.5)
    switch nearestMode {
    case "floor": return coordinate.floor()
    case "ceil": return DoubleDouble.zero - (DoubleDouble.zero - coordinate).floor()
    case "round_prefer_ceil": return (coordinate + half).floor()
    case "round_prefer_floor":
      return DoubleDouble.zero - (half - coordinate).floor()
    default: throw .invalid("Resize knows no nearest mode \"\(nearestMode)\"")
    }
  }

  /// The kernel at a distance ≥ 0: a triangle, or Keys' cubic with parameter a.
  private func weight(_ d: DoubleDouble, _ trace: Trace) -> DoubleDouble {
    if mode == "linear" { return d < .one ? trace.subtract(.one, d) : .zero }
    func fold(_ coefficients: [DoubleDouble]) -> DoubleDouble {
      coefficients.dropFirst().reduce(coefficients[0]) {
        trace.add(trace.multiply($0, d), $1)
      }
    }
    let (two, three) = (DoubleDouble(2.0), DoubleDouble(3.0))
    if d <= .one { return fold([cubic + two, .zero - (cubic + three), .zero, .one]) }
    guard d < two else { return .zero }
    let (five, eight, four) = (DoubleDouble(5.0), DoubleDouble(8.0), DoubleDouble(4.0))
    return fold([cubic, .zero - five * cubic, eight * cubic, .zero - four * cubic])
  }
}
