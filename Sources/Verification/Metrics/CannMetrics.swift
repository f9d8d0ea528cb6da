/// Relative errors with an offset of 1e-7 in the denominator, and the root mean square error.
///
/// Source: hicann/opbase `docs/zh/ops_precision_standard`. All are NaN or 0 for no pairs.
enum CannMetrics {
  /// Keeps the relative error defined where the golden is zero.
  static let offset = 1e-7

  private static func relative(_ pair: ErrorPair) -> Double {
    abs(pair.error) / (abs(pair.golden) + offset)
  }

  /// Mean relative error.
  static func mere(_ pairs: [ErrorPair]) -> Double {
    pairs.reduce(0) { $0 + relative($1) } / Double(pairs.count)
  }

  /// Maximum relative error.
  static func mare(_ pairs: [ErrorPair]) -> Double {
    pairs.reduce(0) { max($0, relative($1)) }
  }

  /// Root mean square error.
  static func rmse(_ pairs: [ErrorPair]) -> Double {
    (pairs.reduce(0) { $0 + $1.error * $1.error } / Double(pairs.count)).squareRoot()
  }
}
