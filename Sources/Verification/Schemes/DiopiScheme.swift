import Tensors

/// DIOPI's conformance test: at most one element of a thousand outside of the tolerance.
///
/// Defaults of its configuration: 1e-5 and 1e-5, for half precision `rtol` 5e-2 and `atol` 1e-2,
/// NaN equal to NaN; cases of its own may say otherwise, which is not followed here. bfloat16 is
/// taken as half precision; float8 and narrower types are not part of that suite. Source:
/// DeepLink-org/DIOPI `diopi_test/python/conformance/check_result.py` and its case configuration.
enum DiopiScheme {
  static let mismatchShare = 1e-3

  /// Nil for a type that the suite does not have.
  static func tolerance(for type: ElementType) -> ElementTolerance? {
    switch type.floatFormat {
    case .f16, .bf16: ElementTolerance(relative: 5e-2, absolute: 1e-2)
    case .f32, .f64, nil: ElementTolerance(relative: 1e-5, absolute: 1e-5)
    default: nil
    }
  }

  static func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    guard let tolerance = tolerance(for: evidence.type) else { return .notApplicable }
    let mismatches = tolerance.mismatches(
      evidence.observed, evidence.reference, equalNaN: true)
    return SchemeVerdict(
      accepts: Double(mismatches) <= mismatchShare * Double(evidence.observed.count))
  }
}
