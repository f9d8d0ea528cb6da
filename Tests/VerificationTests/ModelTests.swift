import Spec
import Tensors
import Testing

@testable import Verification

/// Sensitivities are given in the storage source, whose unit is that of the edges' type.
@Suite("Class M (numerics §6.10)")
struct ModelTests {
  /// u of float32.
  static let unit = 0x1p-24

  static func columns(
    _ golden: [Double], storage: [Double], rule: TokenRule?
  ) -> GoldenColumns {
    let none = [Double](repeating: 0, count: golden.count)
    return .model(
      RealColumn(high: golden),
      Sensitivity(compute: none, accumulate: none, storage: storage, input: none), rule)
  }

  private func judged(
    _ observed: [Double], golden: [Double], storage: [Double], shape: Shape, rule: TokenRule?,
    type: ElementType = .f32
  ) throws -> Judgement {
    let rounded = try #require(Tensor(type: type, shape: shape, rounding: observed))
    return judge(rounded, Self.columns(golden, storage: storage, rule: rule), twin: .random)
  }

  @Test("An edge is rounded to its type in every mode: 8σ of ς = 16 are 2^-17, in float16 2^-4")
  func edges() throws {
    // σ = 16·2^-24 = 2^-20, 8σ = 2^-17; float16 has u = 2^-11: 8·16·2^-11 = 2^-4.
    for (type, limit) in [(ElementType.f32, 0x1p-17), (.f16, 0x1p-4), (.bf16, 0x1p-1)] {
      for (factor, verdict) in [
        (0.99, Verdict.pass), (1.02, .fail(.valueBound)), (-1.02, .fail(.valueBound)),
      ] {
        let judgement = try judged(
          [factor * limit], golden: [0], storage: [16], shape: [1], rule: nil, type: type)
        #expect(judgement.verdict == verdict, "\(type.name), \(factor)")
      }
    }
  }

  /// Four tokens of 64 elements with σ = 2^-20 each, every error a multiple of it.
  private func tokens(_ multiples: [Double], isLogits: Bool = false) throws -> Judgement {
    let errors = multiples.flatMap { multiple in
      (0..<64).map { $0 % 2 == 0 ? multiple * 0x1p-20 : -multiple * 0x1p-20 }
    }
    return try judged(
      errors, golden: [Double](repeating: 0, count: 256),
      storage: [Double](repeating: 16, count: 256), shape: [2, 2, 64],
      rule: TokenRule(axes: [0, 1], isLogits: isLogits))
  }

  @Test("One token with RMS z beyond 2 fails although all four together are well within 1.5")
  func oneToken() throws {
    #expect(try tokens([0.5, 0.5, 1.9, 0.5]).verdict == .pass)
    let failed = try tokens([0.5, 0.5, 2.1, 0.5])
    #expect(failed.verdict == .fail(.valueDistribution))
    #expect(failed.message.contains("the token [1, 0]"))
    #expect(failed.message.contains("1 of 4 tokens"))
  }

  @Test("All tokens at z = 1.6 fail together although each alone is within 2")
  func allTokens() throws {
    #expect(try tokens([1.4, 1.4, 1.4, 1.4]).verdict == .pass)
    let failed = try tokens([1.6, 1.6, 1.6, 1.6])
    #expect(failed.verdict == .fail(.valueDistribution))
    #expect(failed.message.contains("over all tokens"))
  }

  @Test("Without axes the whole output is one token, of eight elements here: their limit is wider")
  func noAxes() throws {
    let rule = TokenRule(axes: [], isLogits: false)
    // χ² of 8 normal errors is beyond 42.7 once in a million: a root mean square of 2.31.
    for (multiple, verdict) in [(2.3, Verdict.pass), (2.4, .fail(.valueDistribution))] {
      let judgement = try judged(
        (0..<8).map { ($0 % 2 == 0 ? multiple : -multiple) * 0x1p-20 },
        golden: [Double](repeating: 0, count: 8), storage: [Double](repeating: 16, count: 8),
        shape: [8], rule: rule)
      #expect(judgement.verdict == verdict)
    }
  }

  @Test("An element within its own limit fails when it is 9σ of its token")
  func maximum() throws {
    // Mean square of ς: (160² + 399·16²)/400 = 319.4, so σ_t = 17.87u; 8·160u is far above 9σ_t.
    let storage: [Double] = [160] + [Double](repeating: 16, count: 399)
    for (multiple, verdict) in [(7.9, Verdict.pass), (8.2, .fail(.valueDistribution))] {
      var errors = [Double](repeating: 0, count: 400)
      errors[0] = multiple * 17.87 * Self.unit
      let judgement = try judged(
        errors, golden: [Double](repeating: 0, count: 400), storage: storage, shape: [1, 400],
        rule: TokenRule(axes: [0], isLogits: false))
      #expect(judgement.verdict == verdict, "\(multiple)")
    }
  }

  /// A row of 100 scores, the first ahead of the second by a lead in σ, and both moved towards
  /// each other until the second is ahead.
  private func answer(lead: Double, isLogits: Bool) throws -> Judgement {
    let sigma = 0x1p-14
    var golden = [Double](repeating: 0, count: 100)
    (golden[0], golden[1]) = (0x1p-4 + lead * sigma, 0x1p-4)
    var observed = golden
    observed[0] -= (lead / 2 + 0.25) * sigma
    observed[1] += (lead / 2 + 0.25) * sigma
    return try judged(
      observed, golden: golden, storage: [Double](repeating: 1024, count: 100), shape: [1, 100],
      rule: TokenRule(axes: [0], isLogits: isLogits))
  }

  @Test("The largest score is decided where its lead is above 6σ, and open below")
  func largestScore() throws {
    #expect(try answer(lead: 5, isLogits: true).verdict == .pass)
    #expect(try answer(lead: 7, isLogits: false).verdict == .pass)
    let failed = try answer(lead: 7, isLogits: true)
    #expect(failed.verdict == .fail(.valueDistribution))
    #expect(failed.message.contains("the largest score of the token [0] is 1, golden 0"))
  }

  @Test("Token axes that the output does not have are ours: inconclusive")
  func wrongAxes() throws {
    for axes in [[2], [-1], [0, 0]] {
      let judgement = try judged(
        [0, 0], golden: [0, 0], storage: [1, 1], shape: [1, 2],
        rule: TokenRule(axes: axes, isLogits: false))
      #expect(judgement.verdict == .inconclusive(.golden))
    }
  }

  @Test("NaN in one token is a wrong class, whatever the other tokens are")
  func nan() throws {
    let judgement = try judged(
      [0, .nan], golden: [0, 0], storage: [1, 1], shape: [2, 1],
      rule: TokenRule(axes: [0], isLogits: false))
    #expect(judgement.verdict == .fail(.valueClass))
  }
}
