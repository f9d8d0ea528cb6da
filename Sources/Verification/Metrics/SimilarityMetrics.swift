/// Measures of whole tensors; NaN where no error stands over no golden, or a side is all zeros.
enum SimilarityMetrics {
  /// Normalised mean squared error `Σe²/Σg²`. Source: ggml-org/llama.cpp `test-backend-ops`.
  static func nmse(_ pairs: [ErrorPair]) -> Double {
    pairs.reduce(0) { $0 + $1.error * $1.error }
      / pairs.reduce(0) { $0 + $1.golden * $1.golden }
  }

  /// `Σyg/√(Σy²·Σg²)`. Source: hicann/ops-test-kit `docs/Precision_Comparison.md`.
  static func cosine(_ pairs: [ErrorPair]) -> Double {
    var (products, observed, golden) = (0.0, 0.0, 0.0)
    for pair in pairs {
      products += pair.observed * pair.golden
      observed += pair.observed * pair.observed
      golden += pair.golden * pair.golden
    }
    // Two roots: the product of two sums may leave the range.
    return products / (observed.squareRoot() * golden.squareRoot())
  }
}
