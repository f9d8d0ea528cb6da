/// What an informative metric means and where it comes from.
package struct MetricDefinition: Hashable, Sendable {
  /// The key in records.
  package let name: String
  /// Its formula in short.
  package let meaning: String
  package let source: String

  init(_ name: String, _ meaning: String, _ source: String) {
    (self.name, self.meaning, self.source) = (name, meaning, source)
  }

  /// Every informative metric, in the order of tables.
  package static let all: [MetricDefinition] = [
    MetricDefinition("ulp.maximum", "max |e|/ulp", "OpenCL-CTS, TOSA"),
    MetricDefinition("ulp.mean", "mean |e|/ulp", "OpenCL-CTS, TOSA"),
    MetricDefinition("cann.mere", "mean |e|/(|g|+1e-7)", "CANN"),
    MetricDefinition("cann.mare", "max |e|/(|g|+1e-7)", "CANN"),
    MetricDefinition("cann.rmse", "√mean e²", "CANN"),
    MetricDefinition("cambricon.diff1", "Σ|e|/Σ|g|", "Cambricon"),
    MetricDefinition("cambricon.diff2", "√(Σe²/Σg²)", "Cambricon"),
    MetricDefinition("cambricon.diff3", "max |e|/|g|, or |e| for small |g|", "Cambricon"),
    MetricDefinition("cambricon.diff3_2", "max |e|", "Cambricon"),
    MetricDefinition("cambricon.diff4", "share of one sign among differing points", "Cambricon"),
    MetricDefinition("nmse", "Σe²/Σg²", "llama.cpp"),
    MetricDefinition("cosine", "Σyg/√(Σy²·Σg²)", "CANN"),
    MetricDefinition("onnx.mismatches", "elements beyond ONNX's tolerance", "ONNX"),
    MetricDefinition("torch.mismatches", "elements beyond assert_close's", "PyTorch"),
    MetricDefinition("diopi.mismatches", "elements beyond DIOPI's", "DIOPI"),
    MetricDefinition("flaggems.mismatches", "elements beyond FlagGems'", "FlagGems"),
    MetricDefinition("tosa.maximum", "max |e| in TOSA's unit, limit 2·ksb", "TOSA"),
    MetricDefinition("tosa.sum", "Σe in TOSA's unit", "TOSA"),
    MetricDefinition("tosa.squares", "Σe² in TOSA's unit, limit 1.6·ksb·N", "TOSA"),
    MetricDefinition("tosa.ksb", "kernel size bound", "TOSA"),
    MetricDefinition("quantised.twoCodes", "elements with more than one legal code", "Assay"),
  ]
}
