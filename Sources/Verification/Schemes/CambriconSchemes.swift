import Tensors

/// Cambricon's diff1 and diff2 for convolutions, reductions, activations and composites.
///
/// Both at most 3e-3; convolutions of float32 1e-5. "Operators that use the convolution unit" is
/// read as sums of products; float64 is read as float32, bfloat16 as half, and narrower types are not
/// named. Errors are those from the exact golden. Arithmetic and movement, classes R and X, are `CambriconExactScheme`'s; integers are not named. The text
/// says nothing of NaN and infinities: they must stand in the same places. Where all goldens are
/// zero the ratios have no value, and only zeros are accepted. Source: Cambricon/mlu-ops
/// `docs/MLU-OPS-Accuracy-Acceptance-Standard.md`.
enum CambriconMeanScheme {
  static func limit(for type: ElementType, hasProducts: Bool) -> Double {
    hasProducts && (type == .f32 || type == .f64) ? 1e-5 : 3e-3
  }

  static func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    // float8 and narrower: no limit is published.
    guard let format = evidence.type.floatFormat, format.bitWidth >= 16 else {
      return .notApplicable
    }
    switch evidence.accuracyClass {
    case .accumulated, .elementwise, .product, .composite, .model: break
    case .exact, .rounded, .quantised, .indices, .random: return .notApplicable
    }
    guard let pairs = evidence.finitePairs else { return .rejects }
    let limit = limit(for: evidence.type, hasProducts: evidence.hasProducts)
    let ratios = [CambriconMetrics.diff1(pairs), CambriconMetrics.diff2(pairs)]
    // NaN: no error over no golden.
    return SchemeVerdict(accepts: ratios.allSatisfy { $0.isNaN || $0 <= limit })
  }
}

/// Cambricon's `diff3 = 0` for arithmetic and movement: every element is the stored one.
///
/// Applies to classes R and X. The baseline is a result of the same type, so the golden is rounded
/// first. Source: as for `CambriconMeanScheme`.
enum CambriconExactScheme {
  static func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    switch evidence.accuracyClass {
    case .exact, .rounded: SchemeVerdict(accepts: evidence.differing == 0)
    case .accumulated, .elementwise, .product, .composite, .model, .quantised, .indices, .random:
      .notApplicable
    }
  }
}
