import NumericFormats
import Spec
import Tensors
import Testing

@testable import Verification

/// Real dot products, computed here in many legal orders and in illegal precisions.
struct DotProducts {
  let rows: [[Float]]
  let columns: [[Float]]
  let golden: GoldenColumns
  let depth: Int

  init(rows: Int, columns: Int, depth: Int, seed: UInt64) {
    var random = CounterRandom(key: (seed, 0xD07))
    func vectors(_ count: Int) -> [[Float]] {
      (0..<count).map { _ in (0..<depth).map { _ in Float(random.nextNormal()) } }
    }
    (self.rows, self.columns, self.depth) = (vectors(rows), vectors(columns), depth)
    var real = RealColumn(high: [])
    var side = Accumulation(
      magnitude: [], productEnergy: [], pathEnergy: [], height: [Int32(depth)], hasProducts: true)
    for a in self.rows {
      for b in self.columns {
        // The product of two float32 values is exact in binary64.
        let products = zip(a, b).map { Double($0) * Double($1) }
        real.high.append(Self.exactSum(products))
        side.magnitude.append(Self.up(products.reduce(0) { $0 + abs($1) }))
        side.productEnergy.append(Self.up(products.reduce(0) { $0 + $1 * $1 }))
        side.pathEnergy.append(Self.up(Self.pathEnergy(products)))
      }
    }
    golden = .accumulated(real, side)
  }

  private static func up(_ x: Double) -> Double { Double(Float(x).nextUp) }

  /// Neumaier's compensated sum: TwoSum at each step, the errors added at the end.
  private static func exactSum(_ terms: [Double]) -> Double {
    var (sum, compensation) = (0.0, 0.0)
    for term in terms {
      let next = sum + term
      let part = next - sum
      compensation += (sum - (next - part)) + (term - part)
      sum = next
    }
    return sum + compensation
  }

  /// The largest Σ s_k² of the forward, the reversed and the stride-8 order.
  private static func pathEnergy(_ terms: [Double]) -> Double {
    func energy(_ terms: some Sequence<Double>) -> Double {
      var (sum, energy) = (0.0, 0.0)
      for term in terms {
        sum += term
        energy += sum * sum
      }
      return energy
    }
    let lanes = (0..<8).flatMap { lane in
      stride(from: lane, to: terms.count, by: 8).map { terms[$0] }
    }
    return max(energy(terms), energy(terms.reversed()), energy(lanes))
  }

  func judged(
    mode: NumericMode = .strict, _ dot: ([Float], [Float]) -> Float
  ) throws -> Judgement {
    let values = rows.flatMap { a in columns.map { Double(dot(a, $0)) } }
    let observed = try tensor(.f32, values, shape: [rows.count, columns.count])
    return judge(observed, golden, mode: mode, twin: .random)
  }
}

/// Correct float32 dot products; every one is a legal order or uses FMA.
enum Witness: String, CaseIterable {
  case sequential, reversed, oddEven, lanes, blocks, pairwise, fused, shuffled

  func dot(_ a: [Float], _ b: [Float]) -> Float {
    let products = zip(a, b).map(*)
    switch self {
    case .sequential: return products.reduce(0, +)
    case .reversed: return products.reversed().reduce(0, +)
    case .oddEven:
      let (even, odd) = (part(products, 0, 2), part(products, 1, 2))
      return even.reduce(0, +) + odd.reduce(0, +)
    case .lanes: return (0..<8).map { part(products, $0, 8).reduce(0, +) }.reduce(0, +)
    case .blocks:
      return stride(from: 0, to: products.count, by: 16).map { start in
        products[start..<min(start + 16, products.count)].reduce(0, +)
      }.reduce(0, +)
    case .pairwise: return Self.pairwise(products[...])
    case .fused: return zip(a, b).reduce(0) { $0.addingProduct($1.0, $1.1) }
    case .shuffled:
      // A fixed permutation: multiplication by an odd number modulo a power of two.
      let count = products.count
      return (0..<count).map { products[($0 &* 167 + 13) % count] }.reduce(0, +)
    }
  }

  private func part(_ products: [Float], _ start: Int, _ step: Int) -> [Float] {
    stride(from: start, to: products.count, by: step).map { products[$0] }
  }

  private static func pairwise(_ terms: ArraySlice<Float>) -> Float {
    guard terms.count > 1 else { return terms.first ?? 0 }
    let middle = terms.startIndex + terms.count / 2
    return pairwise(terms[..<middle]) + pairwise(terms[middle...])
  }
}

@Suite("Class D: witnesses and wrong dot products, seeds 11 and 12")
struct DotProductWitnessTests {
  static let small = DotProducts(rows: 32, columns: 32, depth: 256, seed: 11)

  @Test("Every order of a correct float32 dot product passes", arguments: Witness.allCases)
  func witnesses(witness: Witness) throws {
    let judgement = try Self.small.judged(witness.dot)
    #expect(judgement.verdict == .pass, "seed 11, \(witness): \(judgement.message)")
    let metrics = try #require(judgement.metrics.first)
    #expect((metrics.zSquareSum / Double(metrics.zCount)).squareRoot() <= 1.1)
    #expect(metrics.worstRatio < 0.5)
  }

  func rounded(_ format: FloatFormat) -> ([Float], [Float]) -> Float {
    { a, b in
      Witness.sequential.dot(
        a.map { Float(format.round(Double($0))) }, b.map { Float(format.round(Double($0))) })
    }
  }

  @Test("Inputs rounded to bfloat16 fail in strict mode and pass in the mode that declares them")
  func bfloat16Inputs() throws {
    let dot = rounded(.bf16)
    #expect(try Self.small.judged(dot).verdict == .fail(.valueBound))
    #expect(try Self.small.judged(mode: named("bf16-input"), dot).verdict == .pass)
    // The wider claim does not cover the narrower inputs.
    #expect(try Self.small.judged(mode: named("tf32"), dot).verdict != .pass)
  }

  @Test("Undeclared hf32 inputs at K = 1,024 keep the hard bound; the distribution sees them")
  func hf32Inputs() throws {
    let deep = DotProducts(rows: 32, columns: 32, depth: 1_024, seed: 12)
    let judgement = try deep.judged(rounded(.hf32))
    #expect(judgement.verdict == .fail(.valueDistribution), "seed 12: \(judgement.message)")
    #expect(judgement.worst.map { $0.ratio < 1 } == true)
    #expect(try deep.judged(mode: named("hf32"), rounded(.hf32)).verdict == .pass)
  }

  @Test("A dropped last term, a doubled term and a bfloat16 accumulator fail")
  func mutants() throws {
    func judged(_ dot: ([Float], [Float]) -> Float) throws -> Verdict {
      try Self.small.judged(dot).verdict
    }
    #expect(try judged { Witness.sequential.dot($0.dropLast(), $1) } != .pass)
    #expect(try judged { Witness.sequential.dot($0 + [$0[0]], $1 + [$1[0]]) } != .pass)
    #expect(
      try judged { a, b in
        zip(a, b).reduce(0) { Float(FloatFormat.bf16.round(Double($0 + $1.0 * $1.1))) }
      } != .pass)
    #expect(try judged { Witness.sequential.dot($0, $1) * (1 + 0x1p-9) } != .pass)
  }

  @Test("Results rounded to bfloat16 are recognised as such")
  func roundedOutputs() throws {
    let judgement = try Self.small.judged { a, b in
      Float(FloatFormat.bf16.round(Double(Witness.sequential.dot(a, b))))
    }
    #expect(judgement.verdict == .fail(.valueBound))
    #expect(
      judgement.details.contains("looks like: precision lost: the results are rounded to bf16"))
  }
}
