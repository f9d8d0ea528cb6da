import NumericFormats
import Probing
import Spec
import Testing

@Suite("Probes: rounding, subnormals, overflow, NaN, integers")
struct SpecialTests {
  private func rounding(_ observe: (Double) -> Double) throws -> RoundingFinding.Kind {
    let samples = (1...200).map { number in
      let exact = 1 + Double(number) / 3
      return RoundingFinding.Sample(
        nearest: FloatFormat.f32.round(exact), towardZero: FloatFormat.f32.roundTowardZero(exact),
        observed: observe(exact))
    }
    return try #require(RoundingFinding(samples, format: .f32)).kind
  }

  @Test("Correct, cut, relaxed and coarse results are told apart")
  func basicRounding() throws {
    #expect(try rounding { FloatFormat.f32.round($0) } == .correct)
    #expect(try rounding { FloatFormat.f32.roundTowardZero($0) } == .towardZero)
    #expect(try rounding { Double(Float($0).nextUp) } == .relaxed(200))
    guard case .coarse(let count) = try rounding({ FloatFormat.bf16.round($0) }) else {
      Issue.record("results in bf16 are not coarse")
      return
    }
    #expect(count > 100)
  }

  @Test("Results that are NaN are further off than one unit")
  func notANumber() throws {
    #expect(try rounding { _ in .nan } == .coarse(200))
  }

  private let ladder = (1..<24).map { powerOfTwo(-126 - $0) }

  private func fate(
    result: (Double) -> Double, input: (Double) -> Double
  ) -> (SubnormalFinding.Fate?, SubnormalFinding.Fate?) {
    let found = SubnormalFinding(
      results: ladder.map { .init(expected: $0, observed: result($0)) },
      inputs: ladder.map { _ in .init(expected: 1, observed: input(1)) })
    return (found.results, found.inputs)
  }

  @Test("Flushed results, flushed inputs and preserved ones are told apart")
  func subnormals() {
    #expect(fate(result: { $0 }, input: { $0 }) == (.kept, .kept))
    #expect(fate(result: { _ in 0 }, input: { $0 }) == (.flushed, .kept))
    #expect(fate(result: { _ in 0 }, input: { _ in 0 }) == (.flushed, .flushed))
    #expect(fate(result: { $0 * 2 }, input: { $0 }) == (.mixed, .kept))
  }

  @Test("Overflow is infinite, saturating, or neither")
  func overflow() {
    let greatest = FloatFormat.f32.greatestFinite
    func found(_ below: Double, _ beyond: Double) -> OverflowFinding? {
      OverflowFinding(below: [below], beyond: [beyond, -beyond], greatest: greatest)
    }
    #expect(found(greatest, .infinity) == .infinite)
    #expect(found(greatest, greatest) == .saturated)
    #expect(found(.infinity, .infinity) == .mixed)
    #expect(found(greatest, .nan) == .mixed)
  }

  @Test("NaN is propagated, ignored, or survives at some positions only")
  func minMaxNaN() {
    #expect(NaNFinding(survives: [true, true]) == .propagated)
    #expect(NaNFinding(survives: [false, false]) == .ignored)
    #expect(NaNFinding(survives: [true, false, true]) == .positional([0, 2], of: 3))
    #expect(NaNFinding(survives: []) == nil)
  }

  @Test("Integers wrap, saturate, or do neither")
  func integers() {
    func found(_ bits: Int, _ pairs: [(Int128, Int128)]) -> IntegerOverflowFinding? {
      IntegerOverflowFinding(pairs.map { .init(exact: $0.0, observed: $0.1) }, bits: bits)
    }
    #expect(found(8, [(128, -128), (-129, 127)]) == .wraps)
    #expect(found(8, [(128, 127), (-129, -128)]) == .saturates)
    #expect(found(8, [(128, 0)]) == .other("128 became 0"))
    #expect(found(8, [(128, -128), (-129, -128)]) == .other("now this, now that"))
    #expect(found(64, [(Int128(Int64.max) + 1, Int128(Int64.min))]) == .wraps)
  }
}
