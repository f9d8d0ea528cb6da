import Tensors

/// `torch.testing.assert_close` with its defaults: a relative and an absolute tolerance by type.
///
/// Types that the table does not name, integers and float8 among them, have to be equal. NaN equals
/// nothing, for `equal_nan` is false by default. Source: pytorch/pytorch
/// `torch/testing/_comparison.py`.
enum TorchScheme {
  static func tolerance(for type: ElementType) -> ElementTolerance {
    switch type.floatFormat {
    case .f64: ElementTolerance(relative: 1e-7, absolute: 1e-7)
    case .f32: ElementTolerance(relative: 1.3e-6, absolute: 1e-5)
    case .f16: ElementTolerance(relative: 1e-3, absolute: 1e-5)
    case .bf16: ElementTolerance(relative: 1.6e-2, absolute: 1e-5)
    default: ElementTolerance(relative: 0, absolute: 0)
    }
  }

  static func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    guard evidence.type.isFloat else { return SchemeVerdict(accepts: evidence.differing == 0) }
    let tolerance = tolerance(for: evidence.type)
    return SchemeVerdict(
      accepts: tolerance.mismatches(evidence.observed, evidence.reference, equalNaN: false) == 0)
  }
}

/// FlagGems: torch's relative tolerances with `atol = 1e-4·K`, K the length of the reduction.
///
/// Each test of that suite passes its own K and leaves it at 1 elsewhere; here K is the accumulation
/// height in class D and 1 in every other class. Integers and bools have to be equal; types without
/// an entry in its table are not compared. Source: flagos-ai/FlagGems `src/flag_gems/testing`.
enum FlagGemsScheme {
  /// Nil for a type that the suite's table does not have.
  static func tolerance(for type: ElementType, length: Int) -> ElementTolerance? {
    switch type.floatFormat {
    case .f64, .f32, .f16, .bf16:
      ElementTolerance(
        relative: TorchScheme.tolerance(for: type).relative, absolute: 1e-4 * Double(length))
    default: nil
    }
  }

  static func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict {
    guard evidence.type.isFloat else { return SchemeVerdict(accepts: evidence.differing == 0) }
    guard let tolerance = tolerance(for: evidence.type, length: evidence.length) else {
      return .notApplicable
    }
    return SchemeVerdict(
      accepts: tolerance.mismatches(evidence.observed, evidence.reference, equalNaN: false) == 0)
  }
}
