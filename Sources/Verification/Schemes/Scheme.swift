/// The acceptance rule of another suite, applied to our outputs and goldens for comparison only.
package struct Scheme: Sendable {
  /// Stable identifier, the key in records.
  package let name: String
  /// Short title for lines and tables.
  package let title: String
  /// Where the rule is published.
  package let source: String
  private let rule: @Sendable (SchemeEvidence) -> SchemeVerdict

  init(
    _ name: String, _ title: String, source: String,
    rule: @escaping @Sendable (SchemeEvidence) -> SchemeVerdict
  ) {
    (self.name, self.title, self.source) = (name, title, source)
    self.rule = rule
  }

  /// What the scheme makes of one tensor; a pure function of the evidence.
  package func verdict(_ evidence: SchemeEvidence) -> SchemeVerdict { rule(evidence) }

  /// Every scheme, in the order of reports.
  package static let all: [Scheme] = [
    Scheme("onnx", "ONNX", source: "onnx/onnx onnx/backend/test/runner") {
      OnnxScheme.verdict($0)
    },
    Scheme("torch", "torch", source: "pytorch/pytorch torch/testing/_comparison.py") {
      TorchScheme.verdict($0)
    },
    Scheme("flaggems", "FlagGems", source: "flagos-ai/FlagGems src/flag_gems/testing") {
      FlagGemsScheme.verdict($0)
    },
    Scheme("diopi", "DIOPI", source: "DeepLink-org/DIOPI conformance/check_result.py") {
      DiopiScheme.verdict($0)
    },
    Scheme(
      "cann.mixed", "CANN mixed",
      source: "hicann/ops-test-kit docs/Precision_Comparison.md, 3675093"
    ) { CannMixedScheme.testKit.verdict($0) },
    Scheme(
      "cann.mixed.standard", "CANN mixed standard",
      source: "hicann/opbase mixed_tolerance_standard.md, 233ee24"
    ) { CannMixedScheme.standard.verdict($0) },
    Scheme("cann.relative", "MERE/MARE", source: "hicann/opbase experimental_standard.md") {
      CannRelativeScheme.verdict($0)
    },
    Scheme(
      "cambricon.mean", "diff1+2",
      source: "Cambricon/mlu-ops MLU-OPS-Accuracy-Acceptance-Standard.md"
    ) { CambriconMeanScheme.verdict($0) },
    Scheme(
      "cambricon.exact", "diff3",
      source: "Cambricon/mlu-ops MLU-OPS-Accuracy-Acceptance-Standard.md"
    ) { CambriconExactScheme.verdict($0) },
    Scheme("tosa", "TOSA", source: "arm/tosa-specification, verify_dot_product") {
      TosaScheme.verdict($0)
    },
    Scheme("nmse", "NMSE", source: "ggml-org/llama.cpp tests/test-backend-ops.cpp") {
      NormalisedErrorScheme.verdict($0)
    },
    Scheme("cosine", "cosine", source: "0.999, in common use; stated by no suite") {
      CosineScheme.strict.verdict($0)
    },
    Scheme("cosine.cann", "cosine 0.99", source: "hicann/ops-test-kit docs/Precision_Comparison.md")
    { CosineScheme.testKit.verdict($0) },
  ]
}
