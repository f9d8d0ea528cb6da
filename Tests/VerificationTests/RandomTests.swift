import Glibc
import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Class S (numerics §6.9), seeds 1 to 12")
struct RandomTests {
  static let count = 20_000

  func uniforms(_ seed: UInt64, bits: Int = 24, count: Int = count) -> [Double] {
    var random = CounterRandom(key: (seed, 0x5EED))
    let scale = Double(sign: .plus, exponent: -bits, significand: 1)
    return (0..<count).map { _ in Double(random.nextWord() >> UInt64(64 - bits)) * scale }
  }

  func judged(_ values: [Double], _ distribution: Distribution) throws -> Judgement {
    let observed = try #require(
      Tensor(type: .f32, shape: [values.count], rounding: values))
    return judge(observed, .random(distribution))
  }

  let unit = Distribution.uniform(low: 0, high: 1)

  @Test("Good uniform generators pass", arguments: 1...12 as ClosedRange<UInt64>)
  func goodUniform(seed: UInt64) throws {
    let judgement = try judged(uniforms(seed), unit)
    #expect(judgement.verdict == .pass, "seed \(seed): \(judgement.message)")
  }

  @Test("Good normal generators pass (Box–Muller)", arguments: 1...6 as ClosedRange<UInt64>)
  func goodNormal(seed: UInt64) throws {
    let u = uniforms(seed)
    let values = stride(from: 0, to: u.count, by: 2).flatMap { index in
      let radius = (-2 * log(1 - u[index])).squareRoot()
      let angle = 2 * Double.pi * u[index + 1]
      return [3 + 2 * radius * cos(angle), 3 + 2 * radius * sin(angle)]
    }
    let judgement = try judged(values, .normal(mean: 3, deviation: 2))
    #expect(judgement.verdict == .pass, "seed \(seed): \(judgement.message)")
    #expect(
      try judged(values, .normal(mean: 3, deviation: 2.2)).verdict == .fail(.valueDistribution))
    #expect(
      try judged(values, .normal(mean: 3.2, deviation: 2)).verdict == .fail(.valueDistribution))
  }

  @Test("Constant, ramp, 12-bit, squared, correlated and repeated generators fail")
  func faultyGenerators() throws {
    let good = uniforms(1)
    let ramp = (0..<Self.count).map { Double($0) / Double(Self.count) }
    let averaged = good.indices.map { 0.5 * (good[$0] + good[max(0, $0 - 1)]) }
    let faulty: [(String, [Double])] = [
      ("constant", [Double](repeating: 0.5, count: Self.count)), ("ramp", ramp),
      ("12 bits", uniforms(2, bits: 12)), ("squared", good.map { $0 * $0 }),
      ("averaged", averaged), ("period 5", good.indices.map { good[$0 - $0 % 5] }),
    ]
    for (name, values) in faulty {
      #expect(try judged(values, unit).verdict == .fail(.valueDistribution), "\(name)")
    }
  }

  @Test("The 12-bit generator is found by its resolution alone")
  func resolution() throws {
    let judgement = try judged(uniforms(3, bits: 12), unit)
    #expect(judgement.message.contains("by: resolution; "))
  }

  @Test("Values outside the range and values that are not finite fail as elements")
  func range() throws {
    #expect(try judged([0, 0.5, 1.5], unit).verdict == .fail(.valueBound))
    #expect(try judged([0, -0.5, 1], unit).verdict == .fail(.valueBound))
    #expect(try judged([0, .nan, 1], unit).verdict == .fail(.valueClass))
    #expect(try judged([0, 1, 0.5], unit).verdict == .pass)
  }

  @Test(
    "Bernoulli draws follow their probabilities, alone and in bins",
    arguments: 1...4 as ClosedRange<UInt64>)
  func bernoulli(seed: UInt64) throws {
    let p = (0..<Self.count).map { Double($0 % 10) / 10 + 0.05 }
    let u = uniforms(seed)
    let distribution = Distribution.bernoulli(p)
    let draws = u.indices.map { u[$0] < p[$0] ? 1.0 : 0 }
    let judgement = try judged(draws, distribution)
    #expect(judgement.verdict == .pass, "seed \(seed): \(judgement.message)")
    // The right number of ones in all, but whatever p says.
    #expect(
      try judged(u.map { $0 < 0.5 ? 1 : 0 }, distribution).verdict == .fail(.valueDistribution))
    #expect(try judged(draws.map { 1 - $0 }, distribution).verdict == .fail(.valueDistribution))
    var other = draws
    other[3] = 0.5
    #expect(try judged(other, distribution).verdict == .fail(.valueBound))
    let certain = Distribution.bernoulli([0, 1])
    #expect(try judged([0, 1], certain).verdict == .pass)
    #expect(try judged([1, 1], certain).verdict == .fail(.valueBound))
  }

  @Test("Classes follow the probabilities of their row, and only those that may come do")
  func categorical() throws {
    let distribution = Distribution.categorical([0.5, 0.25, 0.25, 0], classes: 4)
    let u = uniforms(5)
    let draws = u.map { $0 < 0.5 ? 0.0 : $0 < 0.75 ? 1 : 2 }
    let judgement = try judged(draws, distribution)
    #expect(judgement.verdict == .pass, "\(judgement.message)")
    // The right classes, but all alike.
    let even = u.map { ($0 * 3).rounded(.down) }
    #expect(try judged(even, distribution).verdict == .fail(.valueDistribution))
    for wrong in [3, 4, -1, 0.5] {
      var other = draws
      other[7] = wrong
      #expect(try judged(other, distribution).verdict == .fail(.valueBound))
    }
  }

  @Test("Holm rejects in order and stops at the first that stands")
  func holm() {
    let tests = [0.02, 0.001, 0.04, 0.013].map {
      HolmDecision.Test(name: "p\($0)", probability: $0)
    }
    // Level 0.05 over 4, 3, 2: 0.0125, 0.0167, 0.025, 0.05.
    #expect(HolmDecision.rejected(tests, level: 0.05).count == 4)
    // 0.0055 over 4 is 0.001375; 0.013 > 0.0055/3.
    #expect(HolmDecision.rejected(tests, level: 0.0055).map(\.probability) == [0.001])
    #expect(HolmDecision.rejected([]).isEmpty)
  }

  @Test("Tail probabilities agree with published values")
  func probabilities() {
    // Φ(1.96) = 0.9750021; P(K > 1.36) = 0.0495, the 5 % point of the Kolmogorov distribution.
    #expect(abs(Probability.normal(1.96) - 0.975_002_1) < 1e-7)
    #expect(abs(Probability.twoSidedNormal(-1.96) - 0.049_995_8) < 1e-7)
    #expect(abs(Probability.kolmogorov(1.36 / 1e4, count: 100_000_000) - 0.0495) < 2e-4)
    // Chernoff over an exact tail: 60 of 100 at one half has P(|X − 50| ≥ 10) = 0.0569.
    let bound = Probability.binomialTail(successes: 60, trials: 100, mean: 0.5)
    #expect(bound > 0.0569 && bound < 0.3)
    #expect(Probability.binomialTail(successes: 0, trials: 10, mean: 0) == 1)
  }
}
