import NumericFormats
import Probing
import Spec
import Testing

@Suite("Probes: input width")
struct WidthTests {
  /// What a backend answers that passes every number through `change`.
  private func finding(
    precision: Int = 24, _ change: (Double) -> Double
  ) throws -> WidthFinding {
    let samples = Ladder.widths(precision: precision).flatMap { width in
      Ladder.oddIntegers(width: width, count: 32).map {
        WidthFinding.Sample(width: width, sent: $0, observed: change($0))
      }
    }
    return try #require(WidthFinding(samples))
  }

  @Test("The numbers of a ladder are odd and of exactly the width", arguments: 4...53)
  func ladder(width: Int) {
    for number in Ladder.oddIntegers(width: width, count: 64) {
      #expect(number.truncatingRemainder(dividingBy: 2) == 1)
      #expect(number.exponent == width - 1)
    }
  }

  @Test("Numbers that come back unchanged are kept")
  func kept() throws {
    let found = try finding { $0 }
    #expect(found.isFull)
    #expect(found.bits == 24)
  }

  @Test(
    "Inputs rounded to nearest are named by their format",
    arguments: [(FloatFormat.bf16, 8, "bf16"), (.tf32, 11, "tf32"), (.hf32, 12, "hf32")])
  func rounded(format: FloatFormat, bits: Int, name: String) throws {
    let found = try finding { format.round($0) }
    #expect(found.bits == bits)
    #expect(found.formatName == name)
    #expect(found.rounding == .nearestEven)
    #expect(!found.isFull)
  }

  @Test("Inputs in float16 are told from tf32 by their range")
  func narrowRange() throws {
    let found = try finding { FloatFormat.f16.round($0) }
    #expect(found.formatName == "fp16")
    #expect(found.bits == 11)
    #expect(found.rounding == .nearestEven)
  }

  @Test("Inputs cut toward zero are not taken for rounded ones")
  func towardZero() throws {
    let found = try finding { FloatFormat.bf16.roundTowardZero($0) }
    #expect(found.bits == 8)
    #expect(found.rounding == .towardZero)
  }

  @Test("Neither rounding is claimed for numbers that neither explains")
  func unexplained() throws {
    let found = try finding { $0 > 300 ? $0 + 8 : $0 }
    #expect(found.rounding == nil)
    #expect(!found.isFull)
  }

  @Test("Binary64 through binary32 keeps 24 of 53 bits")
  func doubleThroughSingle() throws {
    let found = try finding(precision: 53) { FloatFormat.f32.round($0) }
    #expect(found.formatName == "f32")
  }

  @Test("No samples, no finding")
  func nothing() {
    #expect(WidthFinding([]) == nil)
  }
}
