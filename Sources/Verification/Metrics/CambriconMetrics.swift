import NumericFormats

/// The five error measures of Cambricon's acceptance standard.
///
/// Source: Cambricon/mlu-ops `docs/MLU-OPS-Accuracy-Acceptance-Standard.md`. Ratios of sums are NaN
/// where no error stands over no golden.
enum CambriconMetrics {
  /// Mean relative error `Σ|e|/Σ|g|`.
  static func diff1(_ pairs: [ErrorPair]) -> Double {
    pairs.reduce(0) { $0 + abs($1.error) } / pairs.reduce(0) { $0 + abs($1.golden) }
  }

  /// Root of the relative squared error `√(Σe²/Σg²)`.
  static func diff2(_ pairs: [ErrorPair]) -> Double {
    SimilarityMetrics.nmse(pairs).squareRoot()
  }

  /// Largest error of one point: relative where `|g|` exceeds a threshold, else absolute.
  ///
  /// The text gives thresholds for float32 (1e-6) and half (1e-4); bfloat16 and narrower types take
  /// half's, float64 float32's.
  static func diff3(_ pairs: [ErrorPair], _ format: FloatFormat) -> Double {
    let threshold = format.precision >= FloatFormat.f32.precision ? 1e-6 : 1e-4
    return pairs.reduce(0) { largest, pair in
      let size = abs(pair.golden)
      return max(largest, size > threshold ? abs(pair.error) / size : abs(pair.error))
    }
  }

  /// Largest absolute error of one point.
  static func diff3Absolute(_ pairs: [ErrorPair]) -> Double {
    pairs.reduce(0) { max($0, abs($1.error)) }
  }

  /// Points below which one sign says nothing.
  static let minimumDiffering = 100

  /// Bias: the larger share of one sign among the points that differ; nil for fewer than 100.
  static func diff4(_ pairs: [ErrorPair]) -> Double? {
    let above = pairs.count { $0.error > 0 }
    let below = pairs.count { $0.error < 0 }
    guard above + below >= minimumDiffering else { return nil }
    return Double(max(above, below)) / Double(above + below)
  }
}
