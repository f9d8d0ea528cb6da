import NumericFormats
import Probing
import Spec
import Testing

@Suite("Probes: accumulators")
struct AccumulatorTests {
  /// Adds in the given order, every step through `round`.
  private func sum(_ terms: [Double], _ round: (Double) -> Double) -> Double {
    terms.reduce(0) { round($0 + $1) }
  }

  private func samples(
    _ exponents: ClosedRange<Int>, _ round: (Double) -> Double
  ) -> [AccumulatorFinding.Sample] {
    exponents.map { exponent in
      let large = powerOfTwo(exponent)
      let terms = [large] + [Double](repeating: 1, count: 100) + [-large]
      return .init(exponent: exponent, expected: 100, observed: sum(terms, round))
    }
  }

  @Test(
    "The precision is that of the sums",
    arguments: [(FloatFormat.f32, 24), (.f16, 11), (.bf16, 8), (.tf32, 11)])
  func precision(format: FloatFormat, bits: Int) throws {
    let found = try #require(AccumulatorFinding(samples(8...30) { format.round($0) }))
    #expect(found.bits == bits)
    #expect(!found.isLowerBound)
  }

  @Test("Sums without a loss give a lower bound")
  func lowerBound() throws {
    let found = try #require(AccumulatorFinding(samples(8...30) { $0 }))
    #expect(found == AccumulatorFinding([.init(exponent: 30, expected: 1, observed: 1)]))
    #expect(found.bits == 31)
    #expect(found.isLowerBound)
  }

  @Test("Sums that leave the range of the type say nothing about its precision")
  func range() {
    #expect(AccumulatorFinding([.init(exponent: 16, expected: 1, observed: .nan)]) == nil)
  }

  @Test("A tie that goes to even is 4, one that is cut is 2, one that is not met is 3")
  func rounding() {
    let terms = [powerOfTwo(24), 3, -powerOfTwo(24)]
    let nearest = sum(terms) { FloatFormat.f32.round($0) }
    let cut = sum(terms) { FloatFormat.f32.roundTowardZero($0) }
    let late = sum([terms[0], terms[2], terms[1]]) { FloatFormat.f32.round($0) }
    #expect([nearest, cut, late] == [4, 2, 3])
    #expect(AccumulateRounding.decode([late, nearest]) == .nearestEven)
    #expect(AccumulateRounding.decode([nearest, cut, late]) == .towardZero)
    #expect(AccumulateRounding.decode([late]) == nil)
  }
}
