import NumericFormats

/// Measures of whole tensors; NaN where no error stands over no golden, or a side is all zeros.
///
/// Values are scaled before they are squared, so that no sum leaves the range of binary64.
enum SimilarityMetrics {
  /// 1 over the largest magnitude as a power of two; 1 for zeros.
  private static func scale(_ values: some Sequence<Double>) -> Double {
    let largest = values.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return 1 }
    return powerOfTwo(-min(max(Int(largest.exponent), -1_020), 1_020))
  }

  /// Normalised mean squared error `Σe²/Σg²`. Source: ggml-org/llama.cpp `test-backend-ops`.
  static func nmse(_ pairs: [ErrorPair]) -> Double {
    let scale = scale(pairs.lazy.map { max(abs($0.golden), abs($0.error)) })
    var (errors, golden) = (0.0, 0.0)
    for pair in pairs {
      let (e, g) = (pair.error * scale, pair.golden * scale)
      errors += e * e
      golden += g * g
    }
    return errors / golden
  }

  /// `Σyg/√(Σy²·Σg²)`. Source: hicann/ops-test-kit `docs/Precision_Comparison.md`.
  static func cosine(_ pairs: [ErrorPair]) -> Double {
    let (scaleY, scaleG) = (scale(pairs.lazy.map(\.observed)), scale(pairs.lazy.map(\.golden)))
    var (products, observed, golden) = (0.0, 0.0, 0.0)
    for pair in pairs {
      let (y, g) = (pair.observed * scaleY, pair.golden * scaleG)
      products += y * g
      observed += y * y
      golden += g * g
    }
    return products / (observed.squareRoot() * golden.squareRoot())
  }
}
