import NumericFormats
import Spec
import Tensors
import Testing

@testable import Verification

/// An error that a scheme's text still accepts for a golden of 1, and one that it rejects.
struct SchemeLimit: CustomTestStringConvertible, Sendable {
  let type: ElementType
  let inside: Double
  let outside: Double

  init(_ type: ElementType, _ inside: Double, _ outside: Double) {
    (self.type, self.inside, self.outside) = (type, inside, outside)
  }

  var testDescription: String { "\(type) \(inside)" }

  func expect(_ scheme: (SchemeEvidence) -> SchemeVerdict, mode: NumericMode = .strict) {
    #expect(scheme(evidence([1 + inside], [1], type, mode: mode)) == .accepts)
    #expect(scheme(evidence([1 + outside], [1], type, mode: mode)) == .rejects)
    #expect(scheme(evidence([1 - outside], [1], type, mode: mode)) == .rejects)
  }
}

@Suite("Schemes of other suites: limits by type (numerics §8.2)")
struct SchemeThresholdTests {
  @Test(
    "ONNX: 1e-3·|g| + 1e-7, and 2^-6·|g| for bfloat16",
    arguments: [
      SchemeLimit(.f32, 1e-3, 1.001e-3), SchemeLimit(.f64, 1e-3, 1.001e-3),
      SchemeLimit(.f16, 1e-3, 1.001e-3), SchemeLimit(.bf16, 0x1p-6, 0.015_63),
    ])
  func onnx(limit: SchemeLimit) { limit.expect(OnnxScheme.verdict) }

  @Test("ONNX: 1e-7 where the golden is zero")
  func onnxAtZero() {
    #expect(OnnxScheme.verdict(evidence([1e-7], [0])) == .accepts)
    #expect(OnnxScheme.verdict(evidence([1.1e-7], [0])) == .rejects)
  }

  @Test(
    "torch.assert_close: relative plus absolute tolerance of the type",
    arguments: [
      SchemeLimit(.f64, 1.9e-7, 2.1e-7), SchemeLimit(.f32, 1.12e-5, 1.14e-5),
      SchemeLimit(.f16, 1.009e-3, 1.011e-3), SchemeLimit(.bf16, 1.6e-2, 1.602e-2),
      SchemeLimit(.e4m3fn, 0, 0.125), SchemeLimit(.e5m2, 0, 0.25),
    ])
  func torch(limit: SchemeLimit) { limit.expect(TorchScheme.verdict) }

  @Test(
    "FlagGems: torch's relative tolerance plus 1e-4·K",
    arguments: [
      SchemeLimit(.f64, 1.0009e-4, 1.002e-4), SchemeLimit(.f32, 1.012e-4, 1.014e-4),
      SchemeLimit(.f16, 1.099e-3, 1.101e-3), SchemeLimit(.bf16, 1.609e-2, 1.611e-2),
    ])
  func flagGems(limit: SchemeLimit) {
    limit.expect(FlagGemsScheme.verdict)
    // A reduction of ten terms may be off ten times as much where the golden is zero.
    let ten = evidence([9.9e-4, 0], [0, 0], limit.type, .accumulated, length: 10)
    #expect(FlagGemsScheme.verdict(ten) == .accepts)
    let nine = evidence([9.9e-4, 0], [0, 0], limit.type, .accumulated, length: 9)
    #expect(FlagGemsScheme.verdict(nine) == .rejects)
  }

  @Test(
    "DIOPI: 1e-5 and 1e-5, for half precision 5e-2 and 1e-2",
    arguments: [
      SchemeLimit(.f64, 1.99e-5, 2.01e-5), SchemeLimit(.f32, 1.99e-5, 2.01e-5),
      SchemeLimit(.f16, 5.99e-2, 6.01e-2), SchemeLimit(.bf16, 5.99e-2, 6.01e-2),
    ])
  func diopi(limit: SchemeLimit) {
    limit.expect(DiopiScheme.verdict)
    // One of a thousand elements may be anything.
    var values = [Double](repeating: 1, count: 1_000)
    values[7] = 100
    let golden = [Double](repeating: 1, count: 1_000)
    #expect(DiopiScheme.verdict(evidence(values, golden, limit.type)) == .accepts)
    values[8] = 100
    #expect(DiopiScheme.verdict(evidence(values, golden, limit.type)) == .rejects)
  }

  @Test(
    "CANN mixed: relative plus absolute tolerance of the type",
    arguments: [
      SchemeLimit(.f16, 0x1p-8, 0.003_91), SchemeLimit(.bf16, 0x1p-5, 0.031_26),
      SchemeLimit(.f32, 9.9e-4, 9.93e-4), SchemeLimit(.f64, 9.9e-4, 9.93e-4),
      SchemeLimit(.e4m3fn, 0.3125, 0.313), SchemeLimit(.e5m2, 0.625, 0.626),
      SchemeLimit(.e5m2fnuz, 0.625, 0.626),
    ])
  func cannMixed(limit: SchemeLimit) { limit.expect(CannMixedScheme.testKit.verdict) }

  @Test(
    "CANN mixed, the stricter revision",
    arguments: [
      SchemeLimit(.f16, 0x1p-9, 0.001_96), SchemeLimit(.bf16, 0x1p-6, 0.015_63),
      SchemeLimit(.f32, 0x1p-12, 2.45e-4), SchemeLimit(.e4m3fn, 0.25, 0.251),
      SchemeLimit(.e5m2, 0.5, 0.501),
    ])
  func cannMixedStandard(limit: SchemeLimit) { limit.expect(CannMixedScheme.standard.verdict) }

  @Test("CANN: float32 with inputs of 12 bits is HiFloat32")
  func cannHiFloat() throws {
    let mode = try named("hf32")
    // 2^-9 + 2^-10 and 2^-10 + 2^-10; T = 2^-11.
    SchemeLimit(.f32, 0x1.8p-9, 0.002_94).expect(CannMixedScheme.testKit.verdict, mode: mode)
    SchemeLimit(.f32, 0x1p-9, 0.001_96).expect(CannMixedScheme.standard.verdict, mode: mode)
    SchemeLimit(.f32, 0x1.f8p-12, 0x1.01p-11).expect(CannRelativeScheme.verdict, mode: mode)
  }

  @Test("CANN mixed: one of a hundred may be beyond, but none beyond the limit or 32 ulp")
  func cannShareAndLimit() {
    let golden = [Double](repeating: 1, count: 100)
    func verdict(_ errors: [Double], golden: [Double]) -> SchemeVerdict {
      var values = golden
      for (position, error) in errors.enumerated() { values[position] += error }
      return CannMixedScheme.testKit.verdict(evidence(values, golden))
    }
    #expect(verdict([0.009], golden: golden) == .accepts)
    #expect(verdict([0.009, 0.009], golden: golden) == .rejects)
    #expect(verdict([0.011], golden: golden) == .rejects)
    // At 2^20 the tolerance is 1024, but 32 ulp are 4.
    let large = golden.map { $0 * 0x1p20 }
    #expect(verdict([4], golden: large) == .accepts)
    #expect(verdict([4.1], golden: large) == .rejects)
  }

  @Test(
    "MERE < T",
    arguments: [
      SchemeLimit(.f16, 0x1.fcp-11, 0x1.01p-10), SchemeLimit(.bf16, 0x1.fcp-8, 0x1.01p-7),
      SchemeLimit(.f32, 0x1.fcp-14, 0x1.01p-13), SchemeLimit(.e4m3fn, 0x1.fcp-4, 0x1.01p-3),
      SchemeLimit(.e5m2, 0x1.fcp-3, 0x1.01p-2),
    ])
  func cannMean(limit: SchemeLimit) {
    limit.expect(CannRelativeScheme.verdict)
    // MARE < 10·T: one of a hundred elements moves the mean by a tenth of T.
    let golden = [Double](repeating: 1, count: 100)
    var values = golden
    values[3] += 9.9 * limit.inside
    #expect(CannRelativeScheme.verdict(evidence(values, golden, limit.type)) == .accepts)
    values[3] = 1 + 10 * limit.outside
    #expect(CannRelativeScheme.verdict(evidence(values, golden, limit.type)) == .rejects)
  }

  @Test(
    "diff1 and diff2: 3e-3, convolutions of float32 1e-5",
    arguments: [
      (SchemeLimit(.f32, 0.9e-5, 1.1e-5), AccuracyClass.accumulated, [1.0]),
      (SchemeLimit(.f16, 2.9e-3, 3.1e-3), .accumulated, [1]),
      (SchemeLimit(.f32, 2.9e-3, 3.1e-3), .accumulated, []),
      (SchemeLimit(.f32, 2.9e-3, 3.1e-3), .elementwise, []),
      (SchemeLimit(.f32, 2.9e-3, 3.1e-3), .composite, []),
    ])
  func cambricon(limit: SchemeLimit, accuracyClass: AccuracyClass, magnitude: [Double]) {
    limit.expect { given in
      CambriconMeanScheme.verdict(
        evidence(
          given.observed, given.golden, given.type, accuracyClass, magnitude: magnitude))
    }
  }

  @Test("diff2 sees one outlier that diff1 averages away")
  func cambriconOutlier() {
    let golden = [Double](repeating: 1, count: 100)
    var values = golden
    // diff1 = 2.9e-4 and diff2 = 2.9e-3; then 3.1e-4 and 3.1e-3.
    values[0] = 1.029
    #expect(CambriconMeanScheme.verdict(evidence(values, golden)) == .accepts)
    values[0] = 1.031
    #expect(CambriconMeanScheme.verdict(evidence(values, golden)) == .rejects)
  }

  @Test("NMSE: 1e-7, matrix products 5e-4")
  func normalisedError() {
    SchemeLimit(.f32, 3.16e-4, 3.17e-4).expect(NormalisedErrorScheme.verdict)
    SchemeLimit(.f32, 0.022_3, 0.022_4).expect { given in
      NormalisedErrorScheme.verdict(
        evidence(given.observed, given.golden, given.type, .accumulated, magnitude: [1]))
    }
  }

  @Test("Cosine: 0.999 and 0.99 of (1, t) against (1, 0), which is 1/√(1 + t²)")
  func cosine() {
    func verdict(_ scheme: CosineScheme, _ t: Double) -> SchemeVerdict {
      scheme.verdict(evidence([1, t], [1, 0]))
    }
    #expect(verdict(.strict, 0.0446) == .accepts)
    #expect(verdict(.strict, 0.0449) == .rejects)
    #expect(verdict(.testKit, 0.1424) == .accepts)
    #expect(verdict(.testKit, 0.1426) == .rejects)
    // The cosine is blind to a factor.
    #expect(CosineScheme.strict.verdict(evidence([2, 4], [1, 2])) == .accepts)
  }
}
