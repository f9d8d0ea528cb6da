import NumericFormats
import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Texts of a failure card")
struct ExplanationTests {
  @Test(
    "Three significant digits",
    arguments: [
      (1.65e-8, "1.65e-08"), (4.1e6, "4.1e+06"), (0.25, "0.25"), (512, "512"), (0, "0"),
      (-0.0, "-0"), (9.996, "10"), (99_960, "100000"), (0.000_123_4, "0.000123"),
      (999_600, "1e+06"), (-1.0 / 3, "-0.333"), (1e-5, "1e-05"), (1.005e100, "1.01e+100"),
      (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"), (123_456, "123000"),
    ] as [(Double, String)])
  func shortDecimals(value: Double, text: String) {
    #expect(DecimalText.short(value) == text)
  }

  @Test("The worst element comes with its neighbours and both forms of its values")
  func worstElement() throws {
    let g = (0..<20).map { Double($0) }
    let columns = GoldenColumns.elementwise(RealColumn(high: g), ElementwiseBudget(ulps: 5))
    var values = g
    values[17] = 12
    values[1] = 1.000_001_907_348_632_8
    let judgement = judge(try tensor(.f32, values, shape: [4, 5]), columns)
    let worst = try #require(judgement.worst)
    #expect(worst.index == [3, 2])
    #expect(worst.observed == "0x1.8p+3 (12)")
    #expect(worst.golden == "0x1.1p+4 (17)")
    #expect(worst.neighbours.count == 6)
    #expect(worst.neighbours[0] == "2,3: 0x1.ap+3 (13) | 0x1.ap+3 (13)")
    #expect(judgement.message.hasPrefix("y[3,2] is 477000 × its bound; 2 of 20 elements are"))
  }
}

@Suite("Hints at the bug class")
struct PatternTests {
  /// Goldens 1.25 … with distinct values; the type is float32.
  func hints(
    _ observed: [Double], _ golden: [Double], shape: Shape? = nil, format: FloatFormat? = .f32,
    hasIndices: Bool = false
  ) -> [String] {
    let wrong = observed.indices.filter {
      observed[$0] != golden[$0] && !(observed[$0].isNaN && golden[$0].isNaN)
        || observed[$0].sign != golden[$0].sign
    }
    return FailurePattern(
      observed: observed, golden: golden, wrong: wrong, shape: shape ?? [observed.count],
      format: format, hasIndices: hasIndices
    ).explanations
  }

  let ramp = (1...12).map { Double($0) * 1.25 }

  func expect(_ hints: [String], _ part: String) {
    #expect(hints.contains { $0.hasPrefix("looks like: ") && $0.contains(part) }, "\(hints)")
  }

  @Test("Specials")
  func specials() {
    expect(hints([1, .nan, .nan], [1, 2, 3]), "NaN where the result is finite")
    expect(hints([1, 0], [1, .nan]), "NaN lost: it became 0")
    expect(hints([1, 5], [1, .nan]), "NaN lost: a comparison dropped it")
    expect(hints([0], [-0.0]), "sign of zero lost")
    let greatest = FloatFormat.f32.greatestFinite
    expect(hints([greatest], [.infinity]), "saturated")
    expect(hints([.infinity], [2]), "overflow in an intermediate")
    expect(hints([0, 1], [0x1p-130, 1]), "subnormal results flushed")
  }

  @Test("Layout")
  func layout() {
    expect(hints([Double](repeating: 0, count: 12), ramp), "all outputs are zero")
    expect(hints([Double](repeating: 7, count: 12), ramp), "one value in every element")
    let repeated = (0..<12).map { ramp[$0 % 4] }
    expect(hints(repeated, ramp, shape: [3, 4]), "one row repeated")
    // 3 × 4, written column by column: element (r, c) stands at c·3 + r.
    var transposed = ramp
    for row in 0..<3 {
      for column in 0..<4 { transposed[column * 3 + row] = ramp[row * 4 + column] }
    }
    expect(hints(transposed, ramp, shape: [3, 4]), "transposed")
    expect(hints(Array(ramp.dropFirst()) + [99], ramp), "value of its next neighbour")
    expect(hints([99] + ramp.dropLast(), ramp), "value of its previous neighbour")
    var tail = ramp
    for row in 0..<3 { tail[row * 4 + 3] = -100 - Double(row * row) }
    expect(hints(tail, ramp, shape: [3, 4]), "only the last index of axis 1")
    var lane = ramp
    for column in 4..<8 { lane[column] = -100 - Double(column * column) }
    expect(hints(lane, ramp, shape: [3, 4]), "only index 1 of axis 0")
  }

  @Test("Values")
  func values() {
    expect(hints(ramp.map { -$0 }, ramp), "sign flipped")
    expect(hints(ramp.map { $0 * 1.5 }, ramp), "a constant factor of 1.5")
    let fine = (0..<12).map { 1 + Double($0) * 0x1.111p-5 + 0x1p-20 }
    expect(hints(fine.map { FloatFormat.bf16.round($0) }, fine), "rounded to bf16")
    expect(hints(fine.map { FloatFormat.tf32.round($0) }, fine), "rounded to tf32")
    expect(
      hints(ramp.map { $0 > 10 ? 3 : $0 }, ramp), "only results larger than 10 are wrong")
    expect(hints([3, 4, 6], [2, 3, 6], format: nil), "every wrong code is one too large")
    expect(hints([1, 2, 5], [2, 3, 5], format: nil, hasIndices: true), "index is one too small")
    expect(hints([2, 2, 5], [2, 9, 5], format: nil, hasIndices: true), "an index given twice")
  }

  @Test("Noise has no pattern, and no detector fires for a right tensor")
  func noPattern() {
    #expect(hints(ramp, ramp).isEmpty)
    let noise = [1.3, 2.2, 4.9, 4.2, 8.1, 6.6, 9.9, 9.1, 12, 11.7, 15.3, 13.6]
    #expect(hints(noise, ramp).isEmpty)
  }
}
