extension OutputMetrics {
  /// RMS z, mean z and max |z| (numerics §6.4); nil where no element took part.
  package var distribution: (rootMeanSquare: Double, mean: Double, maximum: Double)? {
    guard zCount > 0 else { return nil }
    let n = Double(zCount)
    return ((zSquareSum / n).squareRoot(), zSum / n, zMaximum)
  }
}
