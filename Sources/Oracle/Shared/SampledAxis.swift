import ExtendedArithmetic

/// The elements along one axis that a fractional coordinate weighs; they may lie beyond its ends.
struct SampledAxis {
  private(set) var positions: [Int]
  private(set) var weights: [DoubleDouble]

  /// Coordinates beyond these have no neighbours among the elements of any tensor.
  private static let farthest = 0x1p40

  /// Linear weights; nil for a coordinate that is not finite or astronomically far away.
  static func linear(at x: DoubleDouble, _ trace: Trace) -> SampledAxis? {
    guard let (base, fraction) = split(x, trace) else { return nil }
    guard !fraction.isZero else { return SampledAxis(positions: [base], weights: [.one]) }
    return SampledAxis(
      positions: [base, base + 1], weights: [trace.subtract(.one, fraction), fraction])
  }

  /// Weights of Keys' cubic kernel with the coefficient −0.75.
  static func cubic(at x: DoubleDouble, _ trace: Trace) -> SampledAxis? {
    guard let (base, fraction) = split(x, trace) else { return nil }
    guard !fraction.isZero else { return SampledAxis(positions: [base], weights: [.one]) }
    let rest = trace.subtract(.one, fraction)
    return SampledAxis(
      positions: [base - 1, base, base + 1, base + 2],
      weights: [
        outer(trace.add(.one, fraction), trace), inner(fraction, trace), inner(rest, trace),
        outer(trace.add(.one, rest), trace),
      ])
  }

  private static func split(_ x: DoubleDouble, _ trace: Trace) -> (Int, DoubleDouble)? {
    guard x.isFinite, x.high.magnitude < farthest else { return nil }
    let base = x.floor()
    let fraction = x - base
    return (Int(base.high), fraction.isZero ? .zero : trace.step(fraction))
  }

  /// The kernel at a distance of at most 1: (a + 2)d³ − (a + 3)d² + 1.
  private static func inner(_ d: DoubleDouble, _ trace: Trace) -> DoubleDouble {
    let line = trace.subtract(trace.multiply(1.25, d), 2.25)
    return trace.add(trace.multiply(trace.multiply(line, d), d), .one)
  }

  /// The kernel at a distance from 1 to 2: a·d³ − 5a·d² + 8a·d − 4a.
  private static func outer(_ d: DoubleDouble, _ trace: Trace) -> DoubleDouble {
    let line = trace.add(trace.multiply(-0.75, d), 3.75)
    let square = trace.subtract(trace.multiply(line, d), 6)
    return trace.add(trace.multiply(square, d), 3)
  }

  /// The same weights at other positions; nil drops a neighbour, which then counts as zero.
  func placed(_ place: (Int) -> Int?) -> SampledAxis {
    var result = SampledAxis(positions: [], weights: [])
    for (position, weight) in zip(positions, weights) {
      guard let position = place(position) else { continue }
      result.positions.append(position)
      result.weights.append(weight)
    }
    return result
  }

  /// The interpolated value: one traced sum per axis, the last axis innermost.
  ///
  /// Every position has to lie inside of the plane that starts at `base` and has these strides.
  /// `stepsWeights`: the weights are known exactly and rounded where they are used.
  static func value(
    of values: [DoubleDouble], at base: Int, _ axes: [SampledAxis], strides: [Int], _ trace: Trace,
    stepsWeights: Bool = false
  ) -> DoubleDouble {
    func fold(_ axis: Int, _ base: Int) -> DoubleDouble {
      guard axis < axes.count else { return values[base] }
      let own = axes[axis]
      if own.positions.count == 1, own.weights[0] == .one {
        return fold(axis + 1, base + own.positions[0] * strides[axis])
      }
      let terms = zip(own.positions, own.weights).map { position, weight in
        trace.multiply(
          stepsWeights ? trace.step(weight) : weight,
          fold(axis + 1, base + position * strides[axis]))
      }
      return trace.sum(terms)
    }
    return fold(0, base)
  }
}
