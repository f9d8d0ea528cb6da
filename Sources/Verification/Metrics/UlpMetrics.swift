import NumericFormats

/// Errors in units of the output's last place, the unit of OpenCL-CTS and TOSA (J.-M. Muller, "On the
/// definition of ulp(x)", 2005); below the smallest normal the unit is constant.
enum UlpMetrics {
  /// 0 for no pairs.
  static func maximum(_ pairs: [ErrorPair], _ format: FloatFormat) -> Double {
    pairs.reduce(0) { max($0, abs($1.error) / format.ulp(of: $1.golden)) }
  }

  /// NaN for no pairs.
  static func mean(_ pairs: [ErrorPair], _ format: FloatFormat) -> Double {
    pairs.reduce(0) { $0 + abs($1.error) / format.ulp(of: $1.golden) } / Double(pairs.count)
  }
}
