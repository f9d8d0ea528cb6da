import NumericFormats
import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Informative metrics (numerics §8.1)")
struct InformativeMetricsTests {
  func metrics(_ y: [Double], _ g: [Double], _ type: ElementType = .f32) -> [String: Double] {
    InformativeMetrics(evidence(y, g, type))?.all ?? [:]
  }

  func pairs(_ y: [Double], _ g: [Double]) -> [ErrorPair] {
    zip(y, g).enumerated().map { ErrorPair(position: $0, observed: $1.0, golden: $1.1) }
  }

  @Test("Values of two elements by hand")
  func byHand() {
    // y = (1, 2.5), g = (1, 2): |e| = (0, ½), and ulp(2) = 2^-22.
    let found = metrics([1, 2.5], [1, 2])
    #expect(found["ulp.maximum"] == 0x1p21)
    #expect(found["ulp.mean"] == 0x1p20)
    #expect(found["cambricon.diff1"] == 0.5 / 3)
    #expect(found["cambricon.diff2"] == (0.25 / 5).squareRoot())
    #expect(found["cambricon.diff3"] == 0.25)
    #expect(found["cambricon.diff3_2"] == 0.5)
    #expect(found["cambricon.diff4"] == nil)
    #expect(found["nmse"] == 0.05)
    // (1 + 5)/√(7.25·5).
    #expect(abs((found["cosine"] ?? 0) - 6 / 36.25.squareRoot()) < 1e-15)
    #expect(abs((found["cann.mare"] ?? 0) - 0.25) < 1e-7)
    #expect(abs((found["cann.mere"] ?? 0) - 0.125) < 1e-7)
    #expect(found["cann.rmse"] == 0.125.squareRoot())
    for suite in ["onnx", "torch", "diopi", "flaggems"] {
      #expect(found["\(suite).mismatches"] == 1, "\(suite)")
    }
  }

  @Test("The relative error of a golden of zero is the error over 1e-7")
  func offset() {
    #expect(CannMetrics.mare(pairs([1e-8], [0])) == 1e-8 / 1e-7)
  }

  @Test("diff3 is relative above the type's threshold and absolute below it")
  func thresholds() {
    #expect(CambriconMetrics.diff3(pairs([4e-6], [2e-6]), .f32) == 1)
    #expect(CambriconMetrics.diff3(pairs([0x1.8p-20], [0x1p-20]), .f32) == 0x1p-21)
    #expect(CambriconMetrics.diff3(pairs([4e-6], [2e-6]), .f16) == 2e-6)
    #expect(CambriconMetrics.diff3(pairs([0x1p-12], [0x1p-13]), .f16) == 1)
  }

  @Test("diff4 is the larger share of one sign, from 100 differing points on")
  func bias() {
    let golden = [Double](repeating: 1, count: 120)
    var observed = golden.map { $0 + 0.5 }
    for position in 0..<30 { observed[position] = 0.5 }
    for position in 30..<50 { observed[position] = 1 }
    // 100 points differ: 30 below, 70 above.
    #expect(CambriconMetrics.diff4(pairs(observed, golden)) == 0.7)
    observed[0] = 1
    #expect(CambriconMetrics.diff4(pairs(observed, golden)) == nil)
  }

  @Test("Equal outputs mismatch nowhere; specials have no error; sums of zero have no ratio")
  func edges() {
    let equal = metrics([1, .nan, .infinity], [1, .nan, .infinity])
    #expect(equal["nmse"] == 0)
    #expect(equal["onnx.mismatches"] == 0)
    let lost = metrics([1, 3], [1, .nan])
    #expect(lost["nmse"] == 0)
    #expect(lost["onnx.mismatches"] == 1)
    #expect(metrics([0], [0])["nmse"] == nil)
    #expect(metrics([.nan], [1]).isEmpty)
    #expect(InformativeMetrics(evidence([1], [1], .i32)) == nil)
  }

  @Test("Metrics and schemes are recorded for failures, and for passes on demand")
  func onDemand() throws {
    let columns = GoldenColumns.rounded(RealColumn(high: [1]))
    let pass = judge(try tensor(.f32, [1]), columns)
    #expect(pass.metrics.first?.informative.isEmpty == true)
    #expect(pass.schemes.isEmpty)
    let failure = judge(try tensor(.f32, [2]), columns)
    #expect(failure.metrics.first?.informative["nmse"] == 1)
    #expect(failure.schemes.count == Scheme.all.count)
    let judgement = Verifier.judge(
      [.tensor(try tensor(.f32, [1]))], against: golden(.f32, [1], columns),
      in: JudgementContext(mode: .strict, twin: .random, recordsInformativeMetrics: true))
    #expect(judgement.verdict == .pass)
    #expect(judgement.metrics.first?.informative["cosine"] == 1)
    #expect(judgement.schemes["onnx"] == .accepts)
  }

  @Test("Asking for metrics changes neither verdict nor message nor worst element")
  func onlyInformation() throws {
    let columns = GoldenColumns.rounded(RealColumn(high: [1, 2, 3]))
    // Right; one ulp off, which every tolerance accepts; far off.
    for values in [[1, 2, 3], [1, 2, 3 + 0x1p-22], [1, 5, .nan]] {
      let observed = Value.tensor(try tensor(.f32, values))
      let judgements = [false, true].map { asked in
        Verifier.judge(
          [observed], against: golden(.f32, [3], columns),
          in: JudgementContext(
            mode: .strict, twin: .random, recordsInformativeMetrics: asked))
      }
      #expect(judgements[0].verdict == judgements[1].verdict)
      #expect(judgements[0].message == judgements[1].message)
      #expect(judgements[0].details == judgements[1].details)
      #expect(judgements[0].worst == judgements[1].worst)
    }
  }

  @Test("TOSA statistics of a dot product are in units of S·2^-24")
  func tosa() {
    let found =
      InformativeMetrics(
        evidence(
          [1 + 0x1p-21, 1 - 0x1p-22], [1, 1], .f32, .accumulated, length: 4, magnitude: [8, 8])
      )?.all ?? [:]
    // The unit is 8·2^-24 = 2^-21.
    #expect(found["tosa.maximum"] == 1)
    #expect(found["tosa.sum"] == 0.5)
    #expect(found["tosa.squares"] == 1.25)
    #expect(found["tosa.ksb"] == 4)
  }

  @Test("RMS, mean and maximum of z come from a record's sums")
  func distribution() {
    var metrics = OutputMetrics(output: "y", elements: 4)
    #expect(metrics.distribution == nil)
    (metrics.zCount, metrics.zSum, metrics.zSquareSum, metrics.zMaximum) = (4, 2, 16, 3)
    #expect(metrics.distribution?.rootMeanSquare == 2)
    #expect(metrics.distribution?.mean == 0.5)
    #expect(metrics.distribution?.maximum == 3)
  }

  @Test("Every metric has a definition")
  func definitions() {
    let golden = (1...200).map { Double($0) }
    let found =
      InformativeMetrics(
        evidence(
          golden.map { $0 + 0.5 }, golden, .f32, .accumulated, length: 4,
          magnitude: golden)
      )?.all ?? [:]
    let known = Set(MetricDefinition.all.map(\.name))
    #expect(known.subtracting(found.keys) == ["quantised.twoCodes"])
    #expect(Set(found.keys).subtracting(known).isEmpty)
    #expect(known.count == MetricDefinition.all.count)
  }

  @Test(
    "Five decimals are cut, so that only 1 itself reads 1",
    arguments: [
      (1, "1.00000"), (1.nextDown, "0.99999"), (0.999_985, "0.99998"), (-0.5, "-0.50000"),
      (0, "0.00000"), (0.000_019, "0.00001"),
    ] as [(Double, String)])
  func cut(value: Double, text: String) {
    #expect(DecimalText.cut(value) == text)
  }
}
