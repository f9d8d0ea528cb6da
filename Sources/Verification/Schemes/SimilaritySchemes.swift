import Tensors

/// llama.cpp's normalised mean squared error: at most 1e-7, for matrix products 5e-4.
///
/// Single operators of that suite have limits of their own, which are not followed. Any NaN rejects,
/// an infinity must meet the same infinity. Where all goldens are zero the ratio is infinite for any
/// error and has no value without one; the latter is accepted. Two backends' outputs are compared
/// there, so the golden is rounded to the type. Floating-point types only. Source:
/// ggml-org/llama.cpp `tests/test-backend-ops.cpp`.
enum NormalisedErrorScheme {
  static func limit(hasProducts: Bool) -> Double { hasProducts ? 5e-4 : 1e-7 }

  static func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    guard evidence.type.isFloat else { return .notApplicable }
    if evidence.observed.contains(where: \.isNaN) || evidence.golden.contains(where: \.isNaN) {
      return .rejects
    }
    guard let pairs = evidence.storedPairs else { return .rejects }
    let error = SimilarityMetrics.nmse(pairs)
    return SchemeVerdict(
      accepts: error.isNaN || error <= limit(hasProducts: evidence.hasProducts))
  }
}

/// Cosine similarity of outputs and goldens, at least a limit.
///
/// NaN and infinities must stand in the same places; where a side is all zeros the cosine has no
/// value and only equal outputs are accepted. The golden is rounded to the type, as stored outputs
/// are. Floating-point types only.
struct CosineScheme: Sendable {
  let limit: Double

  /// A limit in common use for converted models; no operator suite states it.
  static let strict = CosineScheme(limit: 0.999)
  /// hicann/ops-test-kit `docs/Precision_Comparison.md`: `1 − cosine ≤ 0.01`.
  static let testKit = CosineScheme(limit: 0.99)

  func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    guard evidence.type.isFloat else { return .notApplicable }
    guard let pairs = evidence.storedPairs else { return .rejects }
    let cosine = SimilarityMetrics.cosine(pairs)
    guard !cosine.isNaN else { return SchemeVerdict(accepts: evidence.differing == 0) }
    return SchemeVerdict(accepts: cosine >= limit)
  }
}
