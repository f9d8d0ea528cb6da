import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Normalisations")
struct NormalisationTests {
  @Test("LogSoftmax of [0, 200] is finite")
  func logSoftmax() throws {
    // −200 − ln(1 + e^-200) and −ln(1 + e^-200): e^-200 = 1.4e-87 vanishes in float32.
    let y = try SingleCall("LogSoftmax", 13, [try .reals([0, 200])]).reals()
    #expect(y == [-200, 0])
  }

  @Test("Softmax normalises one axis from version 13 on, all trailing axes before")
  func softmaxAxes() throws {
    let x = try Value.reals([0, 0, 0, 0], [1, 2, 2])
    #expect(try SingleCall("Softmax", 13, [x]).reals() == [0.5, 0.5, 0.5, 0.5])
    #expect(try SingleCall("Softmax", 11, [x]).reals() == [0.25, 0.25, 0.25, 0.25])
  }

  @Test("Softmax of scores that overflow exp is right; a row of −Inf is NaN")
  func softmaxValues() throws {
    let y = try SingleCall("Softmax", 13, [try .reals([1000, 1000])]).reals()
    #expect(y == [0.5, 0.5])
    let nothing = try SingleCall("Softmax", 13, [try .reals([-.infinity, -.infinity])]).reals()
    #expect(nothing.allSatisfy { $0.isNaN })
  }

  @Test("BatchNormalization-9 uses the stored moments whatever momentum says")
  func momentumIsIgnored() throws {
    // (x − 1)/√4·2 + 1 = x.
    let inputs = [
      try Value.reals([1, 3, 8], [3, 1]), try .reals([2]), try .reals([1]), try .reals([1]),
      try .reals([4]),
    ]
    for momentum: Float in [0, 0.1, 0.9, 1] {
      let call = SingleCall(
        "BatchNormalization", 9, inputs, ["epsilon": .float(0), "momentum": .float(momentum)])
      #expect(try call.reals() == [1, 3, 8])
    }
  }

  @Test("BatchNormalization in training uses the batch and moves the running moments")
  func training() throws {
    // Batch (1, 3): mean 2, variance 1 of the population. y = (x − 2)·2 + 1.
    // Running: ½·1 + ½·2 = 1.5 and ½·4 + ½·1 = 2.5.
    let call = SingleCall(
      "BatchNormalization", 15,
      [
        try .reals([1, 3], [2, 1]), try .reals([2]), try .reals([1]), try .reals([1]),
        try .reals([4]),
      ],
      ["epsilon": .float(0), "momentum": .float(0.5), "training_mode": .int(1)], outputs: 3)
    #expect(try call.reals(0) == [-1, 3])
    #expect(try call.reals(1) == [1.5])
    #expect(try call.reals(2) == [2.5])
  }

  @Test(
    "Results of 16 bits admit a normalised value held in that type",
    arguments: ["LayerNormalization", "RMSNormalization"])
  func narrowNormalised(_ name: String) throws {
    // Mean 0 and mean square 5; the quotient is rounded to float16 before it is scaled.
    let rows: [Float16] = [3, 1, -3, -1, 3, -1, -3, 1]
    let scale = try Value.reals([3, 3, 3, 3, 3, 3, 3, 3], type: .f16)
    let x = try Value.reals(rows.map { Double($0) }, type: .f16)
    let inputs = [x, scale]
    let version: Int64 = name == "LayerNormalization" ? 17 : 23
    let column = try SingleCall(name, version, inputs, ["epsilon": .float(0)]).column()
    guard case .composite(let golden, let sensitivity) = column.columns else { throw NoTensor() }
    for (index, value) in rows.enumerated() {
      let literal = Double(Float16(Double(value) / 5.0.squareRoot()) * 3)
      let error = (literal - golden.high[index]).magnitude
      // Eight deviations in units of float32's round-off, and half a unit of float16.
      let bound = 8 * 0x1p-24 * Double(sensitivity.compute[index])
      #expect(error <= bound + Double(Float16(literal).ulp) / 2)
      #expect(bound > Double(Float16(literal).ulp) / 2, "float16 steps are not counted")
    }
  }

  @Test("A small variance beside a large mean is not lost")
  func variance() throws {
    // 1e4 + 0.01·k in float32 are 1e4 + j·2^-10 for j = 0 10 20 31 41 51 61 72. In that unit the
    // mean of j is 35.75 and the variance 552.9375, so 5.27322e-4; with ε = 1e-5 the first value is
    // −35.75·2^-10/√5.37322e-4 = −1.506117. E[x²] − m² in float32 gives anything but this.
    let row = (0..<8).map { Double(Float(1e4 + 0.01 * Double($0))) }
    let call = SingleCall(
      "LayerNormalization", 17, [try .reals(row), try .reals([Double](repeating: 1, count: 8))])
    let y = try call.reals()
    #expect(abs(y[0] + 1.5061168) < 1e-6)
  }

  @Test("LayerNormalization scales, shifts and gives its moments")
  func layerNormalization() throws {
    // Row (1, 3): mean 2, variance 1, 1/√1 = 1: (−1, 1)·(2, 3) + (10, 20).
    let call = SingleCall(
      "LayerNormalization", 17, [try .reals([1, 3]), try .reals([2, 3]), try .reals([10, 20])],
      ["epsilon": .float(0)], outputs: 3)
    #expect(try call.reals(0) == [8, 23])
    #expect(try call.reals(1) == [2])
    #expect(try call.reals(2) == [1])
  }

  @Test("RMSNormalization divides by the root of the mean square, without a mean")
  func rmsNormalization() throws {
    // (3, 4): mean square 12.5; 3/√12.5 = 0.6·√2, 4/√12.5 = 0.8·√2.
    let call = SingleCall(
      "RMSNormalization", 23, [try .reals([3, 4], type: .f64), try .reals([1, 1], type: .f64)],
      ["epsilon": .float(0), "stash_type": .int(11)])
    let y = try call.reals()
    #expect(abs(y[0] - 0.848528137423857) < 1e-15)
    #expect(abs(y[1] - 1.131370849898476) < 1e-15)
  }

  @Test("A float64 normalisation with a float32 inside is not guessed")
  func stash() throws {
    let call = SingleCall(
      "RMSNormalization", 23, [try .reals([3, 4], type: .f64), try .reals([1, 1], type: .f64)])
    #expect(call.refusal() == .unsupported)
  }
}
