import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Class P (numerics §6.5)")
struct ProductTests {
  func column(_ g: Double, largest: Double = 6, smallest: Double = 1) -> GoldenColumns {
    .product(
      RealColumn(high: [g]), ProductRange(largest: [largest], smallest: [smallest], height: [3]))
  }

  @Test("g = 6, h = 3: γ·6 = 18·2^-24 and half an ulp are 5.5 · 2^-22")
  func bound() throws {
    // 18·2^-24 = 4.5·2^-22, ½ulp(6) = 2^-22; an ulp is 2·2^-22: 2 ulps pass, 3 fail.
    #expect(try verdict([6 + 2 * 0x1p-21], column(6)) == .pass)
    #expect(try verdict([6 + 3 * 0x1p-21], column(6)) == .fail(.valueBound))
  }

  @Test("Where a partial product may leave the range, NaN, infinity and zero are allowed")
  func range() throws {
    for special in [Double.nan, .infinity, 0] {
      #expect(try verdict([special], column(6, largest: 1e39)) == .pass)
      #expect(try verdict([special], column(6, smallest: 1e-39)) == .pass)
      #expect(try verdict([special], column(6)) != .pass)
    }
    #expect(try verdict([7], column(6, largest: 1e39)) == .fail(.valueBound))
  }
}

@Suite("Class C (numerics §6.6)")
struct CompositeTests {
  func column(
    _ g: Double, compute: Double = 0, accumulate: Double = 0, storage: Double = 0, input: Double = 0
  ) -> GoldenColumns {
    .composite(
      RealColumn(high: [g]),
      Sensitivity(
        compute: [compute], accumulate: [accumulate], storage: [storage], input: [input]))
  }

  @Test("ς_c = 1,000 at g = 1: 8,000 + 4 + 1 units of 2^-24")
  func bound() throws {
    let golden = column(1, compute: 1_000)
    // An ulp of 1 is 2 units: 4,002 ulps are 8,004 units, 4,003 are 8,006.
    #expect(try verdict([1 + 4_002 * 0x1p-23], golden) == .pass)
    #expect(try verdict([1 + 4_003 * 0x1p-23], golden) == .fail(.valueBound))
  }

  @Test("Each source counts with the round-off its mode declares")
  func sources() throws {
    // Storage is fused in strict mode, so it adds nothing; in bfloat16 it is 8·2^-8·ς.
    let y = 1 + 0x1p-4
    let storage = column(1, storage: 2)
    #expect(try verdict([y], storage) == .fail(.valueBound))
    #expect(try verdict([y], storage, mode: named("bf16-compute")) == .pass)
    // 8·2^-11·16 = 2^-4 for tf32 inputs.
    let input = column(1, input: 16)
    #expect(try verdict([y], input) == .fail(.valueBound))
    #expect(try verdict([y], input, mode: named("tf32")) == .pass)
    // Factors inside of a composite may be intermediate values of 24 bits, whatever its type is.
    #expect(try verdict([y], input, type: .f16, mode: named("tf32")) == .pass)
    #expect(try verdict([y], input, type: .f16) == .fail(.valueBound))
    // 8·2^-11·16 for a float16 accumulator.
    let accumulate = column(1, accumulate: 16)
    #expect(try verdict([y], accumulate) == .fail(.valueBound))
    #expect(try verdict([y], accumulate, mode: named("fp16-accumulate")) == .pass)
  }

  @Test("Steps below the smallest normal number of the compute format err by half its step")
  func underflow() throws {
    // 4·2^-25 and ½ulp = 2^-25 of float16: 2 steps of 2^-24 pass, 3 fail.
    let golden = column(0x1p-20)
    let half = try named("fp16-compute")
    #expect(try verdict([0x1p-20 + 2 * 0x1p-24], golden, type: .f16, mode: half) == .pass)
    #expect(
      try verdict([0x1p-20 + 3 * 0x1p-24], golden, type: .f16, mode: half) == .fail(.valueBound))
    #expect(
      try verdict([0x1p-20 + 0x1p-24], golden, type: .f16) == .fail(.valueBound))
  }

  @Test("The distribution of a random twin is judged, without a rule for the mean")
  func distribution() throws {
    let count = 1_024
    let columns = GoldenColumns.composite(
      RealColumn(high: [Double](repeating: 1, count: count)),
      Sensitivity(
        compute: [Double](repeating: 0x1p10, count: count), accumulate: [], storage: [], input: []))
    func judged(_ z: Double) throws -> Verdict {
      // σ = 2^10·2^-24.
      try verdict(
        [Double](repeating: 1 + z * 0x1p-14, count: count), columns, twin: .random)
    }
    #expect(try judged(1.5) == .pass)
    #expect(try judged(2.25) == .fail(.valueDistribution))
    #expect(try judged(9) == .fail(.valueBound))
  }
}

@Suite("Class Q (numerics §6.7)")
struct QuantisedTests {
  func column(_ v: Double, _ low: Double, _ high: Double, ς: [Float] = []) -> GoldenColumns {
    .quantised(QuantisedColumn(value: [v], lowest: [low], highest: [high], sensitivity: ς))
  }

  func verdict(_ code: Int128, _ columns: GoldenColumns, mode: NumericMode = .strict) throws
    -> Verdict
  {
    judge(try integers(.i8, [code]), columns, mode: mode).verdict
  }

  @Test("A tie goes to even; the other code is wrong, never a blanket ±1")
  func tie() throws {
    #expect(try verdict(2, column(2.5, 2, 2)) == .pass)
    #expect(try verdict(3, column(2.5, 2, 2)) == .fail(.valueBound))
    #expect(try verdict(3, column(2.5, 2, 3)) == .pass)
    #expect(try verdict(4, column(2.5, 2, 3)) == .fail(.valueBound))
    let judgement = judge(try integers(.i8, [4]), column(2.5, 2, 3))
    #expect(judgement.worst?.bound == "[2, 3]")
    #expect(judgement.metrics.first?.informative["quantised.twoCodes"] == 1)
  }

  @Test("Fixed-point requantisation reaches the codes within 2^-31·(|v| + 1)")
  func fixedPoint() throws {
    let mode = mode { $0.requantise = .fixedPoint }
    // Zero point 10: the strict code of 2.5 is 12.
    #expect(try verdict(13, column(2.5, 12, 12), mode: mode) == .pass)
    #expect(try verdict(11, column(2.5, 12, 12), mode: mode) == .fail(.valueBound))
    #expect(try verdict(13, column(2.5 - 0x1p-20, 12, 12), mode: mode) == .fail(.valueBound))
    // Saturation stays.
    #expect(try verdict(127, column(200.5, 127, 127), mode: mode) == .pass)
  }

  @Test("A computed value may be off by 8σ")
  func sensitivity() throws {
    // 8·2^-24·2^10 = 2^-11: 2.5 − 2^-12 may round to 3, 2.5 − 2^-10 may not.
    #expect(try verdict(3, column(2.5 - 0x1p-12, 2, 2, ς: [0x1p10])) == .pass)
    #expect(try verdict(3, column(2.5 - 0x1p-10, 2, 2, ς: [0x1p10])) == .fail(.valueBound))
  }

  @Test("Codes of narrow floats are compared by value, NaN by class")
  func narrowFloats() throws {
    func verdict(_ y: Double, _ columns: GoldenColumns) throws -> Verdict {
      judge(try tensor(.e4m3fn, [y]), columns).verdict
    }
    #expect(try verdict(448, column(1_000, 448, 448)) == .pass)
    #expect(try verdict(416, column(1_000, 448, 448)) == .fail(.valueBound))
    #expect(try verdict(.nan, column(.nan, .nan, .nan)) == .pass)
    #expect(try verdict(0, column(.nan, .nan, .nan)) == .fail(.valueClass))
    #expect(try verdict(.nan, column(1, 1, 1)) == .fail(.valueClass))
  }
}

@Suite("Class I (numerics §6.8)")
struct SelectionTests {
  func verdict(_ indices: [Int128], _ golden: [Int64], groups: [Int32] = []) throws -> Verdict {
    judge(
      try integers(.i64, indices), .selection(SelectionColumn(indices: golden, tieGroup: groups))
    ).verdict
  }

  @Test("Without groups every index is its own")
  func strict() throws {
    #expect(try verdict([3, 1, 2], [3, 1, 2]) == .pass)
    #expect(try verdict([1, 3, 2], [3, 1, 2]) == .fail(.indexOrder))
  }

  @Test("Within a tie group the set must match, in any order")
  func tieGroups() throws {
    let groups: [Int32] = [1, 1, 0, 2, 2]
    #expect(try verdict([3, 1, 2, 5, 4], [1, 3, 2, 4, 5], groups: groups) == .pass)
    // An index of the other group, one given twice, and a swap outside of groups.
    #expect(try verdict([3, 4, 2, 5, 1], [1, 3, 2, 4, 5], groups: groups) == .fail(.indexOrder))
    #expect(try verdict([3, 3, 2, 5, 4], [1, 3, 2, 4, 5], groups: groups) == .fail(.indexOrder))
    #expect(try verdict([2, 3, 1, 5, 4], [1, 3, 2, 4, 5], groups: groups) == .fail(.indexOrder))
  }
}
