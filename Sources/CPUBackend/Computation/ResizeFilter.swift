/// The elements of the original that make up an element of the result, with their weights.
package struct ResizeFilter: Sendable {
  /// The interpolation between elements.
  package enum Mode: Sendable {
    case linear
    /// The constant is `cubic_coeff_a`.
    case cubic(Double)
  }

  package let mode: Mode
  /// Whether the filter is widened for results smaller than the original.
  package let isAntialiased: Bool
  /// Whether elements beyond the border get no weight instead of repeating the border.
  package let areOutsideExcluded: Bool

  package init(mode: Mode, isAntialiased: Bool, areOutsideExcluded: Bool) {
    self.mode = mode
    self.isAntialiased = isAntialiased
    self.areOutsideExcluded = areOutsideExcluded
  }

  /// Coordinates beyond this are not told apart; it keeps them inside of the integers.
  private static let farthest = 1e15

  /// Positions inside of `0..<length` and weights that sum to 1; zero weights are left out.
  ///
  /// Requires a length of at least 1.
  package func terms(
    at coordinate: Double, length: Int, scale: Double
  ) -> [(position: Int, weight: Double)] {
    let x = min(max(coordinate, -Self.farthest), Self.farthest)
    let narrowing = isAntialiased ? min(scale, 1) : 1
    let reach = radius / narrowing
    var terms: [(position: Int, weight: Double)] = []
    var sum = 0.0
    var index = Int((x - reach).rounded(.up))
    while Double(index) <= x + reach {
      let weight = weight(at: (Double(index) - x) * narrowing)
      if weight != 0, !areOutsideExcluded || (0..<length).contains(index) {
        terms.append((min(max(index, 0), length - 1), weight))
        sum += weight
      }
      index += 1
    }
    guard isAntialiased || areOutsideExcluded else { return terms }
    return terms.map { ($0.position, $0.weight / sum) }
  }

  /// The greatest distance that has a weight.
  var radius: Double {
    switch mode {
    case .linear: 1
    case .cubic: 2
    }
  }

  /// The filter at a distance; cubic convolution after R. G. Keys, "Cubic Convolution Interpolation
  /// for Digital Image Processing", 1981.
  func weight(at distance: Double) -> Double {
    let t = abs(distance)
    switch mode {
    case .linear: return max(0, 1 - t)
    case .cubic(let a):
      if t <= 1 { return ((a + 2) * t - (a + 3)) * t * t + 1 }
      return t < 2 ? ((t - 5) * t + 8) * t * a - 4 * a : 0
    }
  }
}
