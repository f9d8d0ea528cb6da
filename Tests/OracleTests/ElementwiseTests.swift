import Spec
import Tensors
import Testing

@Suite("Element-wise operators")
struct ElementwiseTests {
  @Test("Add rounds once, ties to even")
  func addTies() throws {
    // 1 + 2^-24 lies halfway between 1 (even) and 1 + 2^-23; (1 + 2^-23) + 2^-24 lies halfway
    // between 1 + 2^-23 (odd) and 1 + 2^-22.
    let sum = SingleCall(
      "Add", 14, [try .reals([1, 1 + 0x1p-23]), try .reals([0x1p-24, 0x1p-24])])
    #expect(try sum.reals() == [1, 1 + 0x1p-22])
  }

  @Test("Add wraps integers and broadcasts")
  func addWraps() throws {
    // 200 + 100 = 300 = 256 + 44; 250 + 100 = 350 = 256 + 94.
    let sum = SingleCall(
      "Add", 14,
      [try .integers([200, 250], [2, 1], type: .u8), try .integers([100], type: .u8)])
    #expect(try sum.integers() == [44, 94])
    #expect(try sum.shape() == [2, 1])
  }

  @Test("Mul keeps the sign of a zero product and wraps integers")
  func mul() throws {
    let zero = SingleCall("Mul", 14, [try .reals([-1]), try .reals([0])])
    #expect(try zero.tensor().codes == [0x8000_0000])
    #expect(try zero.column().signedZero)
    // 100 · 3 = 300 = 256 + 44.
    let wrapped = SingleCall(
      "Mul", 14, [try .integers([100], type: .i8), try .integers([3], type: .i8)])
    #expect(try wrapped.integers() == [44])
  }

  @Test("Integer Div truncates toward zero")
  func integerDivision() throws {
    let quotients = SingleCall(
      "Div", 14,
      [try .integers([-7, 7, -7, 7], type: .i32), try .integers([2, -2, -2, 2], type: .i32)])
    #expect(try quotients.integers() == [-3, -3, 3, 3])
    #expect(try quotients.column().undefined.isEmpty)
  }

  @Test("Integer Div by zero and the quotient that does not fit are left open, nothing else is")
  func openDivision() throws {
    let least = Int128(Int32.min)
    let quotients = SingleCall(
      "Div", 14,
      [try .integers([5, least, 6], type: .i32), try .integers([0, -1, 3], type: .i32)])
    #expect(try quotients.column().undefined == [true, true, false])
  }

  @Test("Mod takes the divisor's sign, with fmod = 1 the dividend's")
  func mod() throws {
    // −7 = 3·(−3) + 2 and 7 = (−3)·(−3) − 2; truncated: −7 = 3·(−2) − 1.
    let pair = [try Value.integers([-7, 7], type: .i32), try .integers([3, -3], type: .i32)]
    #expect(try SingleCall("Mod", 13, pair).integers() == [2, -2])
    #expect(try SingleCall("Mod", 13, pair, ["fmod": .int(1)]).integers() == [-1, 1])
    let reals = [try Value.reals([-5.5]), try .reals([2])]
    #expect(try SingleCall("Mod", 13, reals, ["fmod": .int(1)]).reals() == [-1.5])
    #expect(SingleCall("Mod", 13, reals).refusal() == .invalid)
  }

  @Test("Pow on integers is integer arithmetic and wraps")
  func integerPower() throws {
    // 2^31 = −2^31 + 2^32; 3^20 = 3486784401 = −808182895 + 2^32; (−2)^3 = −8.
    let powers = SingleCall(
      "Pow", 15, [try .integers([2, 3, -2], type: .i32), try .integers([31, 20, 3], type: .i32)])
    #expect(try powers.integers() == [-2_147_483_648, -808_182_895, -8])
    // 3^33 = 5559060566555523: beyond what a float32 detour would keep.
    let exact = SingleCall("Pow", 15, [try .integers([3]), try .integers([33])])
    #expect(try exact.integers() == [5_559_060_566_555_523])
  }

  @Test("Pow of floats knows its special values")
  func realPower() throws {
    let powers = SingleCall(
      "Pow", 15, [try .reals([2, 0, -2, 9]), try .reals([-2, 0, 3, 0.5])])
    #expect(try powers.reals() == [0.25, 1, -8, 3])
  }

  /// Function values at 1 (Log: 2) from tables to more digits than binary64 holds.
  @Test(
    "Elementary functions are right to the last bit of float64",
    arguments: [
      ("Exp", 1.0, 2.718281828459045235360287471352662),
      ("Log", 2.0, 0.693147180559945309417232121458177),
      ("Sin", 1.0, 0.841470984807896506652502321630299),
      ("Tanh", 1.0, 0.761594155955764888119458282604794),
      ("Sigmoid", 1.0, 0.731058578630004879251159241821836),
      ("Erf", 1.0, 0.842700792949714869341220635082609),
      // Gelu(1) = Φ(1).
      ("Gelu", 1.0, 0.841344746068542948585232545632),
    ])
  func functions(_ name: String, _ x: Double, _ expected: Double) throws {
    let call = SingleCall(name, 20, [try .reals([x], type: .f64)])
    #expect(try call.reals() == [expected])
  }

  @Test("Gelu by tanh differs from Gelu, and an unknown approximation is refused")
  func gelu() throws {
    // ½·(1 + tanh(√(2/π)·1.044715)) = 0.84119199…
    let one = try Value.reals([1], type: .f64)
    let y = try SingleCall("Gelu", 20, [one], ["approximate": .string("tanh")]).reals()
    #expect(abs(y[0] - 0.8411919906082768) < 1e-15)
    #expect(
      SingleCall("Gelu", 20, [one], ["approximate": .string("erf")]).refusal() == .invalid)
  }

  @Test(
    "Gelu of −Inf is left open: NaN by the formula, −0 in the limit", arguments: ["none", "tanh"])
  func geluOfNegativeInfinity(_ form: String) throws {
    let x = try Value.reals([-.infinity, .infinity, -1])
    let call = SingleCall("Gelu", 20, [x], ["approximate": .string(form)])
    #expect(try call.column().undefined == [true, false, false])
    let finite = SingleCall("Gelu", 20, [try .reals([-1])], ["approximate": .string(form)])
    #expect(try finite.column().undefined.isEmpty)
  }

  @Test("Max takes any number of inputs and hands NaN on from each position")
  func max() throws {
    let largest = SingleCall(
      "Max", 13, [try .reals([1, 5]), try .reals([3]), try .reals([2, 4])])
    #expect(try largest.reals() == [3, 5])
    for position in 0..<3 {
      var inputs = [try Value.reals([1]), try .reals([2]), try .reals([3])]
      inputs[position] = try .reals([.nan])
      #expect(try SingleCall("Max", 13, inputs).reals()[0].isNaN)
    }
  }

  @Test("Equal: NaN equals nothing, the zeros equal each other, strings compare by bytes")
  func equal() throws {
    let reals = SingleCall("Equal", 19, [try .reals([.nan, -0.0, 1]), try .reals([.nan, 0, 2])])
    #expect(try reals.integers() == [0, 1, 0])
    #expect(try reals.tensor().type == .bool)
    // The same letter composed and decomposed.
    let texts = SingleCall(
      "Equal", 19, [try .strings(["\u{e9}", "a"]), try .strings(["e\u{301}", "a"])])
    #expect(try texts.integers() == [0, 1])
  }

  @Test("Where broadcasts condition and values together")
  func choice() throws {
    let chosen = SingleCall(
      "Where", 16,
      [
        try .integers([1, 0], [2, 1], type: .bool), try .reals([1, 2], [1, 2]),
        try .reals([9], []),
      ])
    #expect(try chosen.reals() == [1, 2, 9, 9])
    #expect(try chosen.shape() == [2, 2])
  }
}
