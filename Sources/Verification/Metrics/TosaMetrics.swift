import NumericFormats

/// Errors of a dot product in units of `max(S·2^(−1−frac), normal_min)`.
///
/// Source: arm/tosa-specification and the verifier of its reference model.
struct TosaMetrics: Hashable, Sendable {
  /// `max|e|`.
  private(set) var maximum = 0.0
  /// `Σe`.
  private(set) var sum = 0.0
  /// `Σe²`.
  private(set) var squares = 0.0

  /// Takes S by the pairs' positions; pairs without one are left out.
  init(_ pairs: [ErrorPair], magnitude: [Double], _ statistics: TosaStatistics) {
    for pair in pairs where magnitude.indices.contains(pair.position) {
      let error = pair.error / statistics.unit(magnitude[pair.position])
      maximum = max(maximum, abs(error))
      sum += error
      squares += error * error
    }
  }
}
