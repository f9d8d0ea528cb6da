import ExtendedArithmetic
import ModelFormat
import Oracle
import Spec
import Tensors
import Testing

@Suite("Side data of goldens")
struct SideDataTests {
  /// (1, 2, −3)·(4, 5, 6): terms 4, 10, −18.
  private static let terms = [4.0, 10, -18].map { DoubleDouble($0) }

  @Test("S, Q² and E of three terms by hand")
  func exactSum() {
    let sum = ExactSum(Self.terms)
    #expect(sum.value == DoubleDouble(-4.0))
    // 4 + 10 + 18; 16 + 100 + 324.
    #expect(sum.magnitude == 32)
    #expect(sum.productEnergy == 440)
    // Forward 4, 14, −4: 228. Backward −18, −8, −4: 404. Eight lanes of one term each cost their
    // own squares, 440, and then the forward path over the lanes, 228: 668 is the largest.
    #expect(sum.pathEnergy == 668)
    #expect(sum.count == 3)
    // 18 = 9·2: all terms are multiples of 2, and 10 = 5·2 of no more.
    #expect(sum.lowestBit == 1)
  }

  @Test(
    "E reaches its mean over all orders where every simple order keeps cancelling pairs together")
  func pathEnergyOfPartedPairs() {
    // + − + − + − + −, then the reverse, so that neighbours, reversed neighbours and lanes cancel:
    // each of those orders has eight partial sums of ±1 and eight of 0. Over all orders of n signs
    // that add up to zero, s_k² is k(n − k)/(n − 1) in the mean: n(n + 1)/6 in all.
    let signs = (0..<16).map { ($0 + $0 / 8) % 2 == 0 ? 1.0 : -1 }
    let parted = ExactSum(signs.map { DoubleDouble($0) })
    #expect(abs(parted.pathEnergy - 16 * 17 / 6.0) < 1e-12)
    // Equal terms have the same partial sums in every order: 1, 4, 9, … 256.
    let equal = ExactSum([DoubleDouble](repeating: DoubleDouble(1.0), count: 16))
    #expect(equal.pathEnergy == 1496)
    // Beyond the range of binary64 it bounds nothing.
    #expect(ExactSum([0x1p600, -0x1p600].map { DoubleDouble($0) }).pathEnergy == .infinity)
  }

  @Test("A sum is exact in any order while S stays within the precision above the lowest bit")
  func exactInAnyOrder() {
    // S = 32 = 2^(1 + 4).
    #expect(ExactSum(Self.terms).isExactInAnyOrder(precision: 4))
    #expect(!ExactSum(Self.terms).isExactInAnyOrder(precision: 3))
    let wide = ExactSum([DoubleDouble(1.0), DoubleDouble(0x1p-24)])
    #expect(!wide.isExactInAnyOrder(precision: 24))
    #expect(wide.isExactInAnyOrder(precision: 25))
    #expect(ExactSum([]).isExactInAnyOrder(precision: 1))
    #expect(ExactSum([.zero, .zero]).isExactInAnyOrder(precision: 1))
    let infinite = ExactSum([DoubleDouble(Double.infinity), DoubleDouble(1.0)])
    #expect(!infinite.isExactInAnyOrder(precision: 24))
  }

  @Test("The bits that no order of a sum rounds in")
  func bitsToBeExact() {
    #expect(ExactSum(Self.terms).bitsToBeExact == 4)
    #expect(ExactSum([DoubleDouble(1.0), DoubleDouble(0x1p-24)]).bitsToBeExact == 25)
    #expect(ExactSum([DoubleDouble](repeating: .one, count: 2048)).bitsToBeExact == 11)
    #expect(ExactSum([DoubleDouble](repeating: .one, count: 2049)).bitsToBeExact == 12)
    // 128 · 1024 needs 7 bits, but the format of 11 bits ends at 65504.
    let large = ExactSum([DoubleDouble](repeating: DoubleDouble(1024.0), count: 128))
    #expect(large.bitsToBeExact == 12)
    #expect(ExactSum([]).bitsToBeExact == 0)
  }

  @Test("S of terms near the ends of a range is finite where binary64 can hold it")
  func magnitudeOfLargeTerms() throws {
    func magnitude(_ values: [Double], _ type: ElementType) throws -> Double? {
      let call = SingleCall(
        "ReduceSum", 13, [try .reals(values, type: type)], ["keepdims": .int(0)])
      guard case .accumulated(_, let side) = try call.column().columns else { return nil }
      return side.magnitude.first
    }
    let single = Double(Float.greatestFiniteMagnitude)
    let twice = try #require(try magnitude([single, -single, 3], .f32))
    #expect(twice >= 2 * single && twice <= 2.001 * single)
    let largest = Double.greatestFiniteMagnitude
    #expect(try magnitude([largest, 0, 0], .f64) == largest)
    #expect(try magnitude([largest / 4, -largest / 4], .f64).map { $0 < largest } == true)
    #expect(try magnitude([largest, -largest], .f64) == .infinity)
  }

  @Test("A golden notes sums that binary16 cannot hold and means whose sums it cannot reach")
  func narrowAccumulators() throws {
    func side(_ values: [Double]) throws -> Accumulation? {
      let call = SingleCall(
        "ReduceMean", 18, [try .reals(values)], ["keepdims": .int(0)])
      guard case .accumulated(_, let side) = try call.column().columns else { return nil }
      return side
    }
    let ones = try #require(try side([Double](repeating: 1, count: 2049)))
    #expect(ones.exactBits == 12)
    #expect(ones.divisor == 1)
    let large = try #require(try side([Double](repeating: 1024, count: 128)))
    #expect(large.exactBits == 12)
    #expect(large.divisor == 128)
    let small = try #require(try side([1, 2, 3, 4]))
    #expect(small.exactBits == nil)
    #expect(small.divisor == 1)
  }

  @Test("Squares of narrow numbers add a bias to the noise of their sum, other numbers do not")
  func biasOfSquares() {
    func spread(_ type: ElementType) -> Double {
      let numbers = (0..<64).map { DoubleDouble(Double($0 % 7 + 1)) }
      let exact = Trace().sumOfSquares(numbers, readAs: type)
      let errors = (0..<64).map { seed in
        let trace = Trace(source: .accumulate, seed: UInt64(seed))
        return ((trace.sumOfSquares(numbers, readAs: type) - exact).high) / Trace.perturbation
      }
      return (errors.reduce(0) { $0 + $1 * $1 } / 64).squareRoot()
    }
    // √((1/3 + 64/4)/(1/3)) = 7; the samples are the same.
    #expect(abs(spread(.bf16) / spread(.f32) - 7) < 1e-6)
    #expect(spread(.f16) == spread(.bf16))
  }

  @Test("The sum of negative zeros is a negative zero")
  func negativeZero() {
    #expect(ExactSum([DoubleDouble(-0.0), DoubleDouble(-0.0)]).value.sign == .minus)
    #expect(ExactSum([DoubleDouble(-0.0), DoubleDouble(0.0)]).value.sign == .plus)
  }

  @Test("Side data are rounded up, by less than a millionth")
  func roundedUp() {
    for value in [668.0, 1.0 / 3, 0x1p-60, 1e20] {
      let stored = Double(AccumulatedTensor.roundedUp(value))
      #expect(stored >= value && stored <= value * (1 + 0x1p-19))
    }
    #expect(AccumulatedTensor.roundedUp(0) == 0)
  }

  @Test("The golden of a dot product carries its S, Q², E and height")
  func dotProduct() throws {
    let call = SingleCall("MatMul", 13, [try .reals([1, 2, -3]), try .reals([4, 5, 6])])
    guard case .accumulated(let reals, let side) = try call.column().columns else {
      Issue.record("MatMul is not of class D")
      return
    }
    #expect(reals == RealColumn(high: [-4]))
    #expect(side.hasProducts)
    #expect(side.height == [3])
    for (stored, exact) in [
      (side.magnitude, 32.0), (side.productEnergy, 440), (side.pathEnergy, 668),
    ] {
      try #require(stored.count == 1)
      #expect(Double(stored[0]) >= exact && Double(stored[0]) < exact * 1.000_01)
    }
  }

  @Test("A mean divides its side data too, and its division counts as one more rounding")
  func mean() throws {
    // Terms 1, 3: S/2 = 2, Q²/4 = 2.5. E = 1 + 9 + … over 4: lanes 1 + 9, then 1 + 16: 27/4.
    let call = SingleCall("ReduceMean", 18, [try .reals([1, 3])])
    guard case .accumulated(let reals, let side) = try call.column().columns else {
      Issue.record("ReduceMean is not of class D")
      return
    }
    #expect(reals == RealColumn(high: [2]))
    #expect(!side.hasProducts)
    #expect(side.height == [2])
    #expect(side.magnitude[0] >= 2 && side.magnitude[0] < 2.000_01)
    #expect(side.productEnergy[0] >= 2.5 && side.productEnergy[0] < 2.500_01)
    #expect(side.pathEnergy[0] >= 6.75 && side.pathEnergy[0] < 6.750_1)
  }

  @Test("Two measurements give identical bits")
  func determinism() throws {
    let call = SingleCall("Softmax", 13, [try .reals([0.1, -2, 3.5, 0.7])])
    #expect(try call.golden() == call.golden())
    let norm = SingleCall(
      "LayerNormalization", 17,
      [try .reals([0.1, -2, 3.5]), try .reals([1, 2, 3]), try .reals([0, 1, 2])])
    #expect(try norm.golden() == norm.golden())
  }

  private func sensitivity(_ call: SingleCall) throws -> Sensitivity {
    guard case .composite(_, let sensitivity) = try call.column().columns else { throw NoTensor() }
    return sensitivity
  }

  @Test("ReduceLogSumExp of one element x has the compute sensitivity √((1 + x²)/3)")
  func logSumExp() throws {
    // exp(0) = 1 errs by δ, ln(1 + δ) = δ; the last addition errs by x·δ'. δ is uniform in ±u0, of
    // variance u0²/3. 32 samples leave the root mean square within 35 % (more than 4 deviations).
    for x in [0.0, 1000] {
      let call = SingleCall("ReduceLogSumExp", 18, [try .reals([x])])
      let measured = try sensitivity(call)
      let expected = ((1 + x * x) / 3).squareRoot()
      try #require(measured.compute.count == 1)
      #expect(abs(Double(measured.compute[0]) / expected - 1) < 0.35)
      // One node stores nothing in between, and no factors are read.
      #expect(measured.storage == [0])
      #expect(measured.input == [0])
    }
  }

  @Test("Along Mul and Exp errors grow by the derivative z·e^z")
  func chain() throws {
    let model = Model(
      irVersion: 8, opsetImports: ["": 13],
      graph: Graph(
        name: "chain",
        nodes: [
          Node(operatorName: "Mul", inputs: ["x", "y"], outputs: ["z"]),
          Node(operatorName: "Exp", inputs: ["z"], outputs: ["e"]),
        ],
        inputs: [ValueInfo(name: "x", type: nil), ValueInfo(name: "y", type: nil)],
        outputs: [ValueInfo(name: "e", type: nil)]))
    // Both factors have full significands, so their product is rounded.
    let (x, y) = (Double(Float(2.1)), Double(Float(3.3)))
    let call = SingleCall(model, ["x": try .reals([x]), "y": try .reals([y])])
    let measured = try sensitivity(call)
    let (z, e) = (6.93, 1022.494)
    // Compute: z errs by z·δ, which e^z multiplies by e^z; Exp itself errs by 3 ulps, 3·e^z·δ.
    let compute = e * ((z * z + 9) / 3).squareRoot()
    // Storage: z and the result are each rounded once.
    let storage = e * ((z * z + 1) / 3).squareRoot()
    try #require(measured.compute.count == 1 && measured.storage.count == 1)
    #expect(abs(Double(measured.compute[0]) / compute - 1) < 0.35)
    #expect(abs(Double(measured.storage[0]) / storage - 1) < 0.35)
    #expect(measured.input == [0])
  }

  @Test("The bias of truncated sums is measured where a sum has more than 16 terms, and only there")
  func truncation() throws {
    func sensitivities(terms: Int) throws -> Sensitivity {
      let zeros = [Double](repeating: 0, count: 100 * terms)
      return try sensitivity(
        SingleCall(
          "ReduceLogSumExp", 13, [try .reals(zeros, [100, terms])],
          ["axes": .ints([1]), "keepdims": .int(0)]))
    }
    #expect(try sensitivities(terms: 16).truncation.isEmpty)
    // The logarithm of a sum of n ones errs by √(n·(E + Q²))/n, with E = Σk² = n(n+1)(2n+1)/6 and
    // Q² = n; for n = 64 that is √(64·89,504)/64 = 37.4. Half of it is one draw for all rows of a run.
    let measured = try sensitivities(terms: 64).truncation
    let squares = measured.reduce(0) { $0 + Double($1) * Double($1) }
    let deviation = (squares / Double(measured.count)).squareRoot()
    #expect(deviation > 27 && deviation < 48)
  }

  @Test("Subnormal inputs give a second golden, for backends that flush; others do not")
  func flushed() throws {
    let tiny = SingleCall("Add", 14, [try .reals([1e-40]), try .reals([0])])
    let golden = try tiny.golden()
    #expect(try golden.tensor().columns == .rounded(RealColumn(high: [Double(Float(1e-40))])))
    let flushed = try #require(golden.flushedOutputs)
    #expect(try Golden(outputs: flushed).tensor().columns == .rounded(RealColumn(high: [0])))
    let normal = SingleCall("Add", 14, [try .reals([1e-30]), try .reals([0])])
    #expect(try normal.golden().flushedOutputs == nil)
  }

  @Test("The low part of an exact result is kept where its one rounding needs it, and only there")
  func lowParts() throws {
    // 1 + 2^-80 needs a low part.
    let wide = SingleCall(
      "Add", 14, [try .reals([1], type: .f64), try .reals([0x1p-80], type: .f64)])
    #expect(try wide.column().columns == .rounded(RealColumn(high: [1], low: [0x1p-80])))
    // A float32 result beside a tie rounds by what lies beyond binary64 as well.
    let narrow = SingleCall("Add", 14, [try .reals([1]), try .reals([0x1p-80])])
    #expect(try narrow.column().columns == .rounded(RealColumn(high: [1], low: [0x1p-80])))
    let exact = SingleCall("Add", 14, [try .reals([1]), try .reals([2])])
    #expect(try exact.column().columns == .rounded(RealColumn(high: [3])))
  }

  @Test("Random operators refuse types that hold no such draws, and numbers of draws below 0")
  func refusedDraws() throws {
    let texts = try Value.strings(["a"])
    #expect(SingleCall("RandomNormalLike", 1, [texts]).refusal() == .invalid)
    #expect(
      SingleCall("RandomUniform", 1, [], ["shape": .ints([2]), "dtype": .int(16)]).refusal()
        == .invalid)
    #expect(
      SingleCall("RandomUniform", 22, [], ["shape": .ints([2]), "low": .float(1)]).refusal()
        == .unsupported)
    #expect(
      SingleCall(
        "Multinomial", 22, [try .reals([0, 1], [1, 2])], ["sample_size": .int(-1)]
      ).refusal() == .invalid)
  }

  @Test("Random operators promise a distribution, not values")
  func distributions() throws {
    let normal = SingleCall(
      "RandomNormal", 22, [], ["shape": .ints([4]), "mean": .float(1), "scale": .float(2)])
    #expect(try normal.column().columns == .random(.normal(mean: 1, deviation: 2)))
    #expect(try normal.shape() == [4])
    let coins = SingleCall("Bernoulli", 15, [try .reals([0, 1, 0.5])])
    #expect(try coins.column().columns == .random(.bernoulli([0, 1, 0.5])))
    #expect(try coins.reals().prefix(2) == [0, 1])
    #expect(SingleCall("Bernoulli", 15, [try .reals([1.5])]).refusal() == .invalid)
    let uniform = SingleCall(
      "RandomUniformLike", 22, [try .strings(["a", "b"])],
      ["low": .float(-1), "high": .float(3), "dtype": .int(11)])
    #expect(try uniform.column().columns == .random(.uniform(low: -1, high: 3)))
    #expect(try uniform.shape() == [2])
    let classes = SingleCall(
      "Multinomial", 22, [try .reals([0, -.infinity, 0, 5, 5, -.infinity], [2, 3])],
      ["sample_size": .int(7)])
    #expect(
      try classes.column().columns
        == .random(.categorical([0.5, 0, 0.5, 0.5, 0.5, 0], classes: 3)))
    #expect(try classes.shape() == [2, 7])
  }

  @Test("Elementary functions state their budget and range")
  func budgets() throws {
    guard
      case .elementwise(_, let budget) = try SingleCall("Exp", 13, [try .reals([1])]).column()
        .columns
    else {
      Issue.record("Exp is not of class E")
      return
    }
    #expect(budget == ElementwiseBudget(ulps: 3, range: 0...(.infinity)))
  }
}
