import Tensors

/// The comparison of the upstream backend tests: NumPy's `assert_allclose` on every element.
///
/// `rtol` 1e-3, `atol` 1e-7, NaN equal to NaN, integers and bools likewise; bfloat16 results may be
/// two units of their last place but one off. Source: onnx/onnx `onnx/backend/test/runner`.
enum OnnxScheme {
  static func tolerance(for type: ElementType) -> ElementTolerance {
    ElementTolerance(relative: type == .bf16 ? 0x1p-6 : 1e-3, absolute: 1e-7)
  }

  static func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    let tolerance = tolerance(for: evidence.type)
    return SchemeVerdict(
      accepts: tolerance.mismatches(evidence.observed, evidence.reference, equalNaN: true) == 0)
  }
}
