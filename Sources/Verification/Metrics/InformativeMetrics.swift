import NumericFormats
import Spec

/// Metrics of other suites for the same outputs (numerics §8.1); never part of a verdict.
///
/// Elements that are not finite on either side are left out of every error; counts of mismatches
/// have them.
struct InformativeMetrics {
  private let evidence: SchemeEvidence
  private let format: FloatFormat
  private let pairs: [ErrorPair]

  /// Nil for types without floating-point values.
  init?(_ evidence: SchemeEvidence) {
    guard let format = evidence.type.floatFormat else { return nil }
    (self.evidence, self.format) = (evidence, format)
    pairs = zip(evidence.observed, evidence.golden).enumerated().compactMap { position, pair in
      pair.0.isFinite && pair.1.isFinite
        ? ErrorPair(position: position, observed: pair.0, golden: pair.1) : nil
    }
  }

  /// Every metric that is defined for these elements, by the names of ``MetricDefinition/all``.
  var all: [String: Double] {
    guard !pairs.isEmpty else { return [:] }
    var metrics = general
    for group in [mismatches, tosa] { metrics.merge(group) { own, _ in own } }
    metrics["cambricon.diff4"] = CambriconMetrics.diff4(pairs)
    // A ratio of sums that are zero has no value to report.
    return metrics.filter { !$0.value.isNaN }
  }

  private var general: [String: Double] {
    [
      "ulp.maximum": UlpMetrics.maximum(pairs, format), "ulp.mean": UlpMetrics.mean(pairs, format),
      "cann.mere": CannMetrics.mere(pairs), "cann.mare": CannMetrics.mare(pairs),
      "cann.rmse": CannMetrics.rmse(pairs),
      "cambricon.diff1": CambriconMetrics.diff1(pairs),
      "cambricon.diff2": CambriconMetrics.diff2(pairs),
      "cambricon.diff3": CambriconMetrics.diff3(pairs, format),
      "cambricon.diff3_2": CambriconMetrics.diff3Absolute(pairs),
      "nmse": SimilarityMetrics.nmse(pairs), "cosine": SimilarityMetrics.cosine(pairs),
    ]
  }

  /// Elements beyond `atol + rtol·|g|` of suites that compare element by element.
  private var mismatches: [String: Double] {
    let type = evidence.type
    let tolerances: [String: ElementTolerance?] = [
      "onnx.mismatches": OnnxScheme.tolerance(for: type),
      "torch.mismatches": TorchScheme.tolerance(for: type),
      "diopi.mismatches": DiopiScheme.tolerance(for: type),
      "flaggems.mismatches": FlagGemsScheme.tolerance(for: type, length: evidence.length),
    ]
    return tolerances.compactMapValues { tolerance in
      tolerance.map { tolerance in
        Double(
          tolerance.mismatches(evidence.observed, evidence.reference, equalNaN: true))
      }
    }
  }

  private var tosa: [String: Double] {
    guard TosaScheme.isCompared(format), evidence.hasProducts else { return [:] }
    let statistics = TosaStatistics(format: format, evidence: evidence)
    let metrics = TosaMetrics(pairs, magnitude: evidence.magnitude, statistics)
    return [
      "tosa.maximum": metrics.maximum, "tosa.sum": metrics.sum, "tosa.squares": metrics.squares,
      "tosa.ksb": statistics.kernelSizeBound,
    ]
  }
}
