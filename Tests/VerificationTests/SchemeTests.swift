import NumericFormats
import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Schemes of other suites: what they apply to (numerics §8.2)")
struct SchemeTests {
  func accepting(_ evidence: SchemeEvidence) -> Set<String> {
    Set(Scheme.all.filter { $0.verdict(evidence) == .accepts }.map(\.name))
  }

  func applying(_ evidence: SchemeEvidence) -> Set<String> {
    Set(Scheme.all.filter { $0.verdict(evidence) != .notApplicable }.map(\.name))
  }

  @Test("Names and titles are unique, and every scheme has a source")
  func registry() {
    #expect(Set(Scheme.all.map(\.name)).count == Scheme.all.count)
    #expect(Set(Scheme.all.map(\.title)).count == Scheme.all.count)
    #expect(Scheme.all.allSatisfy { !$0.source.isEmpty })
  }

  @Test("The correctly rounded result is accepted by every scheme that applies, in every class")
  func rightResults() {
    let golden = [1 / 3.0, 2 / 7.0, -5.1, 1e3 / 3]
    for accuracyClass in AccuracyClass.allCases {
      for type in [ElementType.f64, .f32, .f16, .bf16, .e4m3fn, .e5m2] {
        let rounded = golden.map { type.floatFormat?.round($0) ?? $0 }
        let given = evidence(
          rounded, golden, type, accuracyClass,
          magnitude: accuracyClass == .accumulated ? golden.map { abs($0) } : [])
        #expect(accepting(given) == applying(given), "\(accuracyClass) \(type)")
      }
    }
  }

  @Test("Zeros in place of values are accepted by no scheme")
  func zeros() {
    let golden = (1...100).map { Double($0) }
    for accuracyClass in [AccuracyClass.accumulated, .composite, .elementwise, .rounded] {
      let given = evidence(
        golden.map { _ in 0 }, golden, .f32, accuracyClass,
        magnitude: accuracyClass == .accumulated ? golden : [])
      #expect(accepting(given).isEmpty, "\(accuracyClass)")
    }
  }

  @Test("Integers concern the suites that compare any type, and diff3 for arithmetic")
  func integerOutputs() {
    let right = evidence([5, -7], [5, -7], .i32, .exact)
    #expect(
      applying(right) == ["onnx", "torch", "flaggems", "diopi", "cambricon.exact"])
    #expect(accepting(right) == applying(right))
    // One in ten thousand is within ONNX's tolerance, and wrong.
    let wrong = evidence([10_001], [10_000], .i32, .exact)
    #expect(accepting(wrong) == ["onnx"])
  }

  @Test("Integers beyond 2^53 are compared by code")
  func wideIntegers() throws {
    let expected = try integers(.i64, [1 << 60])
    let observed = try integers(.i64, [(1 << 60) + 1])
    let verdicts = Scheme.verdicts(
      [.tensor(observed)], against: golden(.i64, [1], .exact(expected)), mode: .strict)
    #expect(verdicts["torch"] == .rejects)
    #expect(verdicts["onnx"] == .accepts)
  }

  @Test("The golden is rounded once: what a second rounding would change is no difference")
  func singleRounding() throws {
    // 1 + 2^-24 + 2^-60 lies above the half-way point, which its binary64 part alone does not show.
    let columns = GoldenColumns.rounded(RealColumn(high: [1 + 0x1p-24], low: [0x1p-60]))
    let output = Value.tensor(try tensor(.f32, [1 + 0x1p-23]))
    let verdicts = Scheme.verdicts([output], against: golden(.f32, [1], columns), mode: .strict)
    #expect(verdicts["cambricon.exact"] == .accepts)
  }

  @Test("Large and tiny values have a cosine and an error ratio, too")
  func extremes() {
    for size in [1e300, 1e-300, 1] {
      let right = evidence([size, size], [size, size], .f64)
      #expect(CosineScheme.strict.verdict(right) == .accepts)
      #expect(NormalisedErrorScheme.verdict(right) == .accepts)
      let wrong = evidence([size, -size], [size, size], .f64)
      #expect(CosineScheme.strict.verdict(wrong) == .rejects)
      #expect(NormalisedErrorScheme.verdict(wrong) == .rejects)
    }
  }

  @Test("Arithmetic has diff3, other classes diff1 and diff2")
  func cambricon() {
    #expect(applying(evidence([1], [1], .f32, .rounded)).contains("cambricon.exact"))
    #expect(!applying(evidence([1], [1], .f32, .rounded)).contains("cambricon.mean"))
    #expect(applying(evidence([1], [1], .f32, .elementwise)).contains("cambricon.mean"))
    #expect(!applying(evidence([1], [1], .f32, .elementwise)).contains("cambricon.exact"))
    let neighbour = evidence([1 + 0x1p-23], [1], .f32, .rounded)
    #expect(CambriconExactScheme.verdict(neighbour) == .rejects)
  }

  @Test("NaN: ONNX, DIOPI and CANN take a pair for equal; torch, FlagGems and NMSE never do")
  func notANumber() {
    let both = accepting(evidence([1, .nan], [1, .nan]))
    #expect(both.isSuperset(of: ["onnx", "diopi", "cann.mixed", "cann.relative", "cosine"]))
    #expect(both.isDisjoint(with: ["torch", "flaggems", "nmse"]))
    #expect(accepting(evidence([1, .nan], [1, 2])).isEmpty)
    #expect(accepting(evidence([1, 2], [1, .nan])).isEmpty)
  }

  @Test("An infinity must meet itself; a golden beyond the type counts as one")
  func infinities() {
    let same = evidence([.infinity, 1], [1e39, 1])
    #expect(accepting(same) == applying(same))
    #expect(accepting(evidence([-.infinity, 1], [.infinity, 1])).isEmpty)
    #expect(accepting(evidence([0x1.fffffep127, 1], [1e39, 1])).isEmpty)
  }

  @Test("TOSA: largest error, variance and bias")
  func tosa() {
    // Unit 8·2^-24 = 2^-21; K = 4: ksb 4, largest 8, variance 6.4 per element.
    func verdict(_ errors: [Double], golden: [Double]? = nil) -> SchemeVerdict {
      let golden = golden ?? errors.map { _ in 1 }
      return TosaScheme.verdict(
        evidence(
          zip(errors, golden).map { $0 * 0x1p-21 + $1 }, golden, .f32, .accumulated, length: 4,
          magnitude: golden.map { _ in 8 }))
    }
    #expect(verdict([2]) == .accepts)
    #expect(verdict([3]) == .rejects)
    let quiet = [Double](repeating: 0, count: 20)
    #expect(verdict([8] + quiet) == .accepts)
    #expect(verdict([9] + quiet) == .rejects)
    // √(10·6.4·100) = 80.
    let signs = (0..<100).map { $0 % 2 == 0 ? 1.0 : -1 }
    #expect(verdict([Double](repeating: 0.79, count: 100), golden: signs) == .accepts)
    #expect(verdict([Double](repeating: 0.81, count: 100), golden: signs) == .rejects)
    #expect(verdict([Double](repeating: 0.81, count: 100)) == .accepts)
  }

  @Test("TOSA: zeros for S = 0, no limit on overflow, and only sums of products")
  func tosaEdges() {
    func verdict(
      _ y: Double, _ g: Double, _ magnitude: [Double], _ type: ElementType = .f16
    ) -> SchemeVerdict {
      TosaScheme.verdict(evidence([y], [g], type, .accumulated, magnitude: magnitude))
    }
    #expect(verdict(0, 0, [0]) == .accepts)
    #expect(verdict(1, 0, [0]) == .rejects)
    #expect(verdict(.infinity, 7, [131_008]) == .accepts)
    #expect(verdict(.infinity, 7, [7]) == .rejects)
    #expect(verdict(.nan, .nan, [7]) == .accepts)
    #expect(verdict(1, 1, []) == .notApplicable)
    #expect(verdict(1, 1, [1], .f64) == .notApplicable)
  }

  @Test("ksb of narrow outputs is K over a power of two, rounded up")
  func kernelSizeBound() {
    func bound(_ format: FloatFormat, _ length: Int, _ accumulator: Int? = nil) -> Double {
      TosaStatistics(format: format, length: length, accumulatorPrecision: accumulator)
        .kernelSizeBound
    }
    #expect(bound(.f32, 65) == 65)
    // (23 − 10)/2 = 6, (23 − 7)/2 = 8.
    #expect(bound(.f16, 64) == 1)
    #expect(bound(.f16, 65) == 2)
    #expect(bound(.bf16, 257) == 2)
    #expect(bound(.f16, 65, 11) == 65)
  }

  @Test("Another number, type or shape of outputs is rejected by all")
  func structure() throws {
    let expected = golden(.f32, [2], .rounded(RealColumn(high: [1, 2])))
    let right = Value.tensor(try tensor(.f32, [1, 2]))
    let wrong: [[Value]] = [
      [], [right, right], [.tensor(try tensor(.f64, [1, 2]))],
      [.tensor(try tensor(.f32, [1, 2], shape: [2, 1]))], [.sequence([right], element: right.type)],
    ]
    for outputs in wrong {
      let verdicts = Scheme.verdicts(outputs, against: expected, mode: .strict)
      #expect(verdicts.count == Scheme.all.count)
      #expect(verdicts.values.allSatisfy { $0 == .rejects })
    }
    let verdicts = Scheme.verdicts([right], against: expected, mode: .strict)
    #expect(!verdicts.values.contains(.rejects))
  }

  @Test("Open elements are left out, and one of several legal results is enough")
  func openValues() throws {
    let columns = GoldenColumns.rounded(RealColumn(high: [1, 2]))
    let open = golden(.f32, [2], columns, undefined: [false, true])
    let output = Value.tensor(try tensor(.f32, [1, 99]))
    #expect(Scheme.verdicts([output], against: open, mode: .strict)["onnx"] == .accepts)
    #expect(
      Scheme.verdicts([output], against: golden(.f32, [2], columns), mode: .strict)["onnx"]
        == .rejects)
    let either = GoldenColumns.oneOf([try tensor(.f32, [1, 2]), try tensor(.f32, [3, 99])])
    #expect(
      Scheme.verdicts([output], against: golden(.f32, [2], either), mode: .strict)["torch"]
        == .accepts)
  }

  @Test("Several outputs: one rejection rejects, and no scheme judges texts")
  func combined() throws {
    #expect(SchemeVerdict.combined([.accepts, .notApplicable]) == .accepts)
    #expect(SchemeVerdict.combined([.accepts, .rejects]) == .rejects)
    #expect(SchemeVerdict.combined([.notApplicable]) == .notApplicable)
    #expect(SchemeVerdict.combined([]) == .notApplicable)
    let texts = try #require(Tensor(shape: [1], strings: ["a"]))
    let verdicts = Scheme.verdicts(
      [.tensor(texts)], against: golden(.string, [1], .exact(texts)), mode: .strict)
    #expect(verdicts.values.allSatisfy { $0 == .notApplicable })
  }
}
