import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Class D: the hard bound (numerics §6.4 a)")
struct AccumulatedTests {
  func column(
    _ g: Double, magnitude: Double, height: Int32, hasProducts: Bool = true, energy: Double = 1
  ) -> GoldenColumns {
    .accumulated(
      RealColumn(high: [g]),
      Accumulation(
        magnitude: [magnitude], productEnergy: [energy], pathEnergy: [energy], height: [height],
        hasProducts: hasProducts))
  }

  @Test("g = 2, S = 8, h = 4 in float32: 17.016 · 2^-23")
  func strict() throws {
    // γ_4 = 2^-22/(1 − 2^-22); B = γ·8·(1 + 2^-10) = 2^-19·1.00098 = 16.016·2^-23;
    // ½ulp(2) = 2^-23. One ulp of 2 is two of these units: 8 ulps = 16 pass, 9 ulps = 18 fail.
    let golden = column(2, magnitude: 8, height: 4)
    #expect(try verdict([2 + 8 * 0x1p-22], golden) == .pass)
    let judgement = judge(try tensor(.f32, [2 + 9 * 0x1p-22]), golden)
    #expect(judgement.verdict == .fail(.valueBound))
    #expect(abs((judgement.worst?.ratio ?? 0) - 18 / 17.016) < 1e-4)
    #expect(
      judgement.details[0]
        == "bound: (γ + 2u_in)·S + h·λ + ½ ulp, class accumulated (numerics §6.4)")
    #expect(
      judgement.details[1].hasPrefix("S = 8, h = 4, γ = 2.38e-07, u_in = 0, ½ ulp = 1.19e-07, σ = ")
    )
  }

  @Test("Rounded inputs count twice, for products only and in modes that declare them")
  func inputs() throws {
    // bf16: 2u_in + u_in² = 2^-7 + 2^-16; times 8 is 0.06262, with 1 + 2^-10: 0.06268.
    let golden = column(2, magnitude: 8, height: 4)
    let bf16 = try named("bf16-input")
    #expect(try verdict([2.0625], golden, mode: bf16) == .pass)
    #expect(try verdict([2.0634765625], golden, mode: bf16) == .fail(.valueBound))
    #expect(try verdict([2.0625], golden) == .fail(.valueBound))
    let sum = column(2, magnitude: 8, height: 4, hasProducts: false)
    #expect(try verdict([2.0625], sum, mode: bf16) == .fail(.valueBound))
    // Toward zero the inputs are off by twice as much.
    let truncated = mode {
      $0.inputPrecision = 8
      $0.inputRounding = .towardZero
    }
    #expect(try verdict([2.125], golden, mode: truncated) == .pass)
    // Inputs of a type with no more bits than the mode keeps are not rounded at all.
    let narrow = column(2, magnitude: 8, height: 4)
    #expect(try verdict([2.0625], narrow, type: .f16, mode: named("tf32")) == .fail(.valueBound))
  }

  @Test("Levels: 128 terms at 14 bits, then blocks at 24")
  func levels() throws {
    // h = 256: γ_128(2^-14) = 2^-7/(1 − 2^-7) = 0.0078740, γ_2(2^-24) = 1.2e-7; times 1 + 2^-10:
    // 0.0078818. 33/4096 = 0.008057 is beyond, 32/4096 = 0.0078125 within.
    let golden = column(0.5, magnitude: 1, height: 256)
    let fp8 = try named("fp8-block")
    #expect(try verdict([0.5 + 32 * 0x1p-12], golden, mode: fp8) == .pass)
    #expect(try verdict([0.5 + 33 * 0x1p-12], golden, mode: fp8) == .fail(.valueBound))
  }

  @Test("Accumulation toward zero doubles u")
  func towardZero() throws {
    // 2·2^-22·8 = 32.03 units of 2^-23, plus 1: 16 ulps of 2 pass, 17 ulps = 34 units fail.
    let golden = column(2, magnitude: 8, height: 4)
    let truncating = try named("rz-accumulate")
    #expect(try verdict([2 + 16 * 0x1p-22], golden, mode: truncating) == .pass)
    #expect(try verdict([2 + 17 * 0x1p-22], golden, mode: truncating) == .fail(.valueBound))
  }

  @Test("Where h·u reaches 1 only finite values are required")
  func infiniteGamma() throws {
    // fp16 accumulator: 2048 · 2^-11 = 1.
    let golden = column(1, magnitude: 10, height: 2048)
    let mode = try named("fp16-accumulate")
    #expect(try verdict([5], golden, mode: mode) == .pass)
    #expect(try verdict([.infinity], golden, mode: mode) == .fail(.valueClass))
    #expect(try verdict([.nan], golden, mode: mode) == .fail(.valueClass))
  }

  @Test("Infinity is allowed where S exceeds the accumulator's range")
  func accumulatorOverflow() throws {
    let golden = column(1, magnitude: 140_000, height: 4)
    let half = try named("fp16-accumulate")
    #expect(try verdict([.infinity], golden) == .fail(.valueClass))
    for special in [Double.infinity, -.infinity, .nan] {
      #expect(try verdict([special], golden, mode: half) == .pass)
    }
    // Terms of each sign add up to 35,000 only.
    let near = column(1, magnitude: 70_000, height: 4)
    #expect(try verdict([.infinity], near, mode: half) == .fail(.valueClass))
    #expect(try verdict([-.infinity], near, mode: half) == .fail(.valueClass))
  }

  @Test("Terms of one sign overflow to the infinity of that sign, and to no zero")
  func signOfTheOverflow() throws {
    let half = try named("fp16-accumulate")
    for sign in [1.0, -1] {
      let golden = column(sign * 100_000, magnitude: 100_000, height: 1)
      #expect(try verdict([sign * .infinity], golden, mode: half) == .pass)
      #expect(try verdict([.nan], golden, mode: half) == .pass)
      #expect(try verdict([-sign * .infinity], golden, mode: half) == .fail(.valueClass))
      #expect(try verdict([0], golden, mode: half) == .fail(.valueBound))
    }
  }

  @Test("Saturating: the largest value of the sign that overflows")
  func saturatedOverflow() throws {
    var half = try named("fp16-accumulate")
    half.overflow = .saturating
    // 70,000 of one sign, 10,000 of the other.
    let golden = column(60_000, magnitude: 80_000, height: 2)
    #expect(try verdict([65504], golden, type: .f16, mode: half) == .pass)
    #expect(try verdict([-65504], golden, type: .f16, mode: half) == .fail(.valueBound))
    #expect(try verdict([0], golden, type: .f16, mode: half) == .fail(.valueBound))
  }

  @Test("A sum whose S is beyond float32's range has the bound of its terms all the same")
  func beyondFloat32() throws {
    // max − max + 3: S = 2^129, h = 2; B = 2^-23·2^129·1.00098 = 2^106·1.00098.
    let golden = column(3, magnitude: 0x1p129, height: 2, hasProducts: false)
    #expect(try verdict([3], golden) == .pass)
    #expect(try verdict([0x1p106], golden) == .pass)
    #expect(try verdict([0x1.01p106], golden) == .fail(.valueBound))
    #expect(try verdict([-0x1.fp127], golden) == .fail(.valueBound))
    // What has no binary64 is not judged.
    let open = column(3, magnitude: .infinity, height: 2, hasProducts: false)
    #expect(try verdict([-0x1.fp127], open) == .pass)
  }

  @Test("An empty sum is exact")
  func emptySum() throws {
    let golden = column(0, magnitude: 0, height: 0)
    #expect(try verdict([0], golden) == .pass)
    #expect(try verdict([0x1p-149], golden) == .fail(.valueExact))
  }

  @Test("Underflow on the way adds half a smallest subnormal per step")
  func underflow() throws {
    // λ = 2^-150, h = 6: 3·2^-149; S is far below. ½ulp adds 2^-150: 3 steps pass, 4 fail.
    let golden = column(0, magnitude: 0x1p-149, height: 6)
    #expect(try verdict([3 * 0x1p-149], golden) == .pass)
    #expect(try verdict([4 * 0x1p-149], golden) == .fail(.valueBound))
  }

  @Test("A float64 sum is judged in 53 bits")
  func binary64() throws {
    // B = 4·2^-53·8·1.00098 = 2^-48·1.00098 = 16.016·2^-52, ½ulp(2) = 2^-52.
    let golden = GoldenColumns.accumulated(
      RealColumn(high: [2], low: [0]),
      Accumulation(
        magnitude: [8], productEnergy: [1], pathEnergy: [1], height: [4], hasProducts: true))
    #expect(try verdict([2 + 8 * 0x1p-51], golden, type: .f64) == .pass)
    #expect(try verdict([2 + 9 * 0x1p-51], golden, type: .f64) == .fail(.valueBound))
  }

  @Test("An exact twin is judged bit for bit unless the mode has fewer than 11 bits")
  func exactTwin() throws {
    let golden = column(40, magnitude: 64, height: 8)
    let near = 40 + 0x1p-18
    for name in ["strict-fp32", "tf32", "hf32", "fp16-accumulate", "fp8-block", "rz-accumulate"] {
      let mode = try named(name)
      #expect(try verdict([40], golden, mode: mode, twin: .exact) == .pass)
      #expect(try verdict([near], golden, mode: mode, twin: .exact) == .fail(.valueExact))
    }
    #expect(try verdict([near], golden, mode: named("bf16-compute"), twin: .exact) == .pass)
    #expect(try verdict([near], golden, twin: .random) == .pass)
  }

  @Test("A twin that needs more bits than an accumulator has is judged by its bound there")
  func exactBits() throws {
    let golden = GoldenColumns.accumulated(
      RealColumn(high: [2060]),
      Accumulation(
        magnitude: [2060], productEnergy: [1e6], pathEnergy: [1e7], height: [11],
        hasProducts: true, exactBits: 12))
    let half = try named("fp16-accumulate")
    #expect(try verdict([2058], golden, mode: half, twin: .exact) == .pass)
    #expect(try verdict([2058], golden, twin: .exact) == .fail(.valueExact))
    // 14 bits and more hold the sum.
    #expect(
      try verdict([2058], golden, mode: named("fp8-block"), twin: .exact) == .fail(.valueExact))
  }

  @Test("Terms of a sum round when they enter a narrower accumulator, products when multiplied")
  func enteringTerms() throws {
    let fp16 = try named("fp16-accumulate")
    // One term: γ_1(2^-11) = 2^-11/(1 − 2^-11), 4.8852e-4 with 1 + 2^-10.
    let single = column(1, magnitude: 1, height: 0, hasProducts: false)
    #expect(try verdict([1 + 0x1p-11], single, mode: fp16) == .pass)
    #expect(try verdict([1 + 0x1.02p-11], single, mode: fp16) == .fail(.valueBound))
    #expect(try verdict([1 + 0x1p-23], single) == .fail(.valueExact))
    // A type of as few bits as the accumulator enters unchanged.
    #expect(try verdict([1 + 0x1p-10], single, type: .f16, mode: fp16) == .fail(.valueExact))
    let nothing = column(0, magnitude: 0, height: 0, hasProducts: false)
    #expect(try verdict([0x1p-149], nothing, mode: fp16) == .fail(.valueExact))
  }

  @Test("A mean may overflow where its sum leaves the accumulator's range")
  func overflowOfTheSum() throws {
    func mean(divisor: Int) -> GoldenColumns {
      .accumulated(
        RealColumn(high: [1024]),
        Accumulation(
          magnitude: [1024], productEnergy: [1], pathEnergy: [1], height: [128],
          hasProducts: false, divisor: divisor))
    }
    let fp16 = try named("fp16-accumulate")
    #expect(try verdict([.infinity], mean(divisor: 128), type: .f16, mode: fp16) == .pass)
    #expect(
      try verdict([.infinity], mean(divisor: 1), type: .f16, mode: fp16) == .fail(.valueClass))
    #expect(try verdict([.infinity], mean(divisor: 128), type: .f16) == .fail(.valueClass))
  }

  @Test("A mean that the type cannot hold is judged by its bound even in an exact twin")
  func inexactMean() throws {
    // The float32 neighbours of 1/3 are ulp 2^-25 apart.
    let third = Double(Float(1.0 / 3))
    let golden = column(1.0 / 3, magnitude: 1, height: 4, hasProducts: false)
    #expect(try verdict([third + 0x1p-25], golden, twin: .exact) == .pass)
  }
}

@Suite("Class D: distribution and slices (numerics §6.4 b, c)")
struct DistributionTests {
  /// σ² = 2^-48/3·(E + Q²) with E = 3·2^20 and Q² = 0: σ = 2^-14; the ulp of 1 is negligible.
  /// S = 2^10 and h = 64 give a hard bound of 2^-8 = 64 σ.
  func judged(
    _ z: [Double], shape: Shape? = nil, mode: NumericMode = .strict, twin: Twin = .random,
    judgesSmall: Bool = false
  ) throws -> Judgement {
    let count = z.count
    let columns = GoldenColumns.accumulated(
      RealColumn(high: [Double](repeating: 1, count: count)),
      Accumulation(
        magnitude: [Double](repeating: 0x1p10, count: count),
        productEnergy: [Double](repeating: 0, count: count),
        pathEnergy: [Double](repeating: 3 * 0x1p20, count: count), height: [64],
        hasProducts: true))
    let observed = try tensor(.f32, z.map { 1 + $0 * 0x1p-14 }, shape: shape)
    return Verifier.judge(
      [.tensor(observed)],
      against: golden(.f32, observed.shape, columns),
      in: JudgementContext(mode: mode, twin: twin, judgesSmallDistributions: judgesSmall))
  }

  func alternating(_ count: Int, _ size: Double) -> [Double] {
    (0..<count).map { $0 % 2 == 0 ? size : -size }
  }

  @Test("RMS z: 1.96875 passes and 2.0625 fails at 1,000 elements")
  func rootMeanSquare() throws {
    let good = try judged(alternating(1_000, 1.96875))
    #expect(good.verdict == .pass)
    let metrics = try #require(good.metrics.first)
    #expect(metrics.zCount == 1_000)
    // 1000 · 1.96875² = 3876, up to the ulp's share of σ.
    #expect(abs(metrics.zSquareSum - 3_876) < 1)
    let bad = try judged(alternating(1_000, 2.0625))
    #expect(bad.verdict == .fail(.valueDistribution))
    #expect(bad.message == "y: RMS z is 2.06 over 1000 elements, limit 2 (numerics §6.4)")
  }

  @Test("One z beyond 12 fails although RMS and bound are kept")
  func maximum() throws {
    var z = alternating(1_000, 0.5)
    z[17] = 11.9375
    #expect(try judged(z).verdict == .pass)
    z[17] = 12.0625
    #expect(try judged(z).verdict == .fail(.valueDistribution))
  }

  @Test("A mean of 0.4375 is a bias at 1,024 elements: the limit is ¼ + 5/32 = 0.40625")
  func mean() throws {
    let biased = [Double](repeating: 0.4375, count: 1_024)
    #expect(try judged(biased).verdict == .fail(.valueDistribution))
    #expect(try judged([Double](repeating: 0.375, count: 1_024)).verdict == .pass)
    #expect(try judged(biased, mode: named("rz-accumulate")).verdict == .pass)
  }

  @Test("Toward zero in one block: R = 1 + √(3·64) = 14.86 takes the place of 2")
  func towardZero() throws {
    let mode = try named("rz-accumulate")
    #expect(try judged(alternating(1_000, 14.5), mode: mode).verdict == .pass)
    #expect(try judged(alternating(1_000, 15.5), mode: mode).verdict == .fail(.valueDistribution))
    // Blocks of 64: R = max(2, 1.2).
    let blocked = truncating(block: 64)
    #expect(try judged(alternating(1_000, 2.5), mode: blocked).verdict == .fail(.valueDistribution))
  }

  func truncating(block: Int) -> NumericMode {
    mode {
      $0.accumulateRounding = .towardZero
      $0.accumulateBlock = block
    }
  }

  @Test("Small cases are left to their group unless asked, other twins to their bounds")
  func applicability() throws {
    let bad = alternating(999, 4)
    #expect(try judged(bad).verdict == .pass)
    #expect(try judged(bad, judgesSmall: true).verdict == .fail(.valueDistribution))
    #expect(try judged(alternating(2_000, 4), twin: .adversarial).verdict == .pass)
    #expect(try judged(alternating(2_000, 4), twin: .adversarial).metrics.first?.zCount == 0)
  }

  @Test("One bad lane of 64 is caught by its slice on either axis")
  func slices() throws {
    // Lane RMS 3.5; pool RMS √((63 + 12.25)/64) = 1.08, mean 3.5/64 = 0.05.
    var rows = alternating(64 * 512, 1)
    for column in 0..<512 { rows[17 * 512 + column] = 3.5 }
    let bad = try judged(rows, shape: [64, 512])
    #expect(bad.verdict == .fail(.valueDistribution))
    #expect(
      bad.message
        == "y: RMS z is 3.5 over the 512 elements with index 17 of axis 0, limit 2.5 "
        + "(numerics §6.4 c)")
    var columns = alternating(512 * 64, 1)
    for row in 0..<512 { columns[row * 64 + 63] = row % 2 == 0 ? 3.5 : -3.5 }
    let other = try judged(columns, shape: [512, 64])
    #expect(other.message.contains("index 63 of axis 1"))
    #expect(try judged(alternating(64 * 512, 1), shape: [64, 512]).verdict == .pass)
    // The same lane in slices of fewer than 256 elements is not judged apart.
    #expect(
      try judged(Array(rows.suffix(from: 17 * 512).prefix(1_024)), shape: [8, 128])
        .verdict == .fail(.valueDistribution))
  }

  @Test("A pool of small cases is judged from 200 elements on")
  func pool() throws {
    func pool(_ z: [[Double]], _ accuracy: AccuracyClass = .accumulated) throws -> String? {
      var pool = GroupPool(mode: .strict, accuracyClass: accuracy)
      for values in z { for metrics in try judged(values).metrics { pool.add(metrics) } }
      return pool.failure
    }
    #expect(try pool([alternating(100, 2.5), alternating(99, 2.5)]) == nil)
    #expect(
      try pool([alternating(100, 2.5), alternating(100, 2.5)])?.hasPrefix("RMS z is 2.5") == true)
    #expect(try pool([alternating(100, 1.5), alternating(100, 1.5)]) == nil)
    // ¼ + 5/20 = 0.5 at 400 elements.
    let bias = [Double](repeating: 0.625, count: 200)
    #expect(try pool([bias, bias])?.hasPrefix("mean z is 0.625") == true)
    #expect(try pool([bias, bias], .composite) == nil)
    #expect(try pool([alternating(199, 0.5), [12.5]])?.hasPrefix("max |z| is 12.5") == true)
    #expect(try pool([alternating(199, 0.5), [8.5]]) == nil)
    #expect(
      try pool([alternating(199, 0.5), [8.5]], .composite)?.hasPrefix("max |z| is 8.5") == true)
    // A large case is judged alone and stays out.
    #expect(try pool([alternating(1_000, 3)]) == nil)
  }
}
