import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Activations and limits")
struct ActivationTests {
  /// The codes of every legal output in float16.
  private func halves(_ call: SingleCall) throws -> [[UInt64]] {
    try call.golden().outputs[0].alternatives.map { value in
      guard case .tensor(let tensor) = value else { throw NoTensor() }
      switch tensor.columns {
      case .exact(let tensor): return tensor.codes
      case .rounded(let column):
        return column.high.map { UInt64(Float16($0).bitPattern) }
      default: throw NoTensor()
      }
    }
  }

  @Test("LeakyRelu of float16 may take alpha as it is or as a float16, and nothing else")
  func attributeOfHalves() throws {
    // 0.1 as float32 is 0x1.99999ap-4, as float16 0x1.998p-4. Times 0x1.3p0 these are
    // 0x1.e66666ep-4 and 0x1.e648p-4, which round to 0x1.e68p-4 and 0x1.e64p-4.
    let x = try Value.reals([-0x1.3p0, 2], type: .f16)
    let call = SingleCall("LeakyRelu", 16, [x], ["alpha": .float(0.1)])
    #expect(try halves(call) == [[0xAF9A, 0x4000], [0xAF99, 0x4000]])
    // A half is a number of both types.
    #expect(
      try halves(SingleCall("LeakyRelu", 16, [x], ["alpha": .float(0.5)]))
        == [[0xB8C0, 0x4000]])
  }

  @Test("NaN is not above a threshold, nor beyond a limit; the threshold itself gives zero")
  func thresholds() throws {
    let x = try Value.reals([.nan, 1, 1.5, -3])
    #expect(try SingleCall("ThresholdedRelu", 22, [x]).reals() == [0, 0, 1.5, 0])
    let shrink = SingleCall("Shrink", 9, [x], ["lambd": .float(1), "bias": .float(0.25)])
    #expect(try shrink.reals() == [0, 0, 1.25, -2.75])
  }

  @Test("Shrink leaves open what integers do with a fraction or beyond their type")
  func shrinkOfIntegers() throws {
    let x = try Value.integers([-2, 1, 3, 0], type: .u8)
    let whole = SingleCall("Shrink", 9, [x], ["bias": .float(2)])
    // 254 − 2, 1 − 2 = −1, 3 − 2, and 0 within the limit.
    #expect(try whole.integers() == [252, 255, 1, 0])
    #expect(try whole.column().undefined == [false, true, false, false])
    let fraction = SingleCall("Shrink", 9, [x], ["bias": .float(1.5)])
    #expect(try fraction.column().undefined == [true, true, true, true])
  }

  @Test("Celu divides its argument by alpha; an alpha that is not positive is not evaluated")
  func celu() throws {
    // 2·(exp(−1) − 1) = −1.2642411176571153 (e^-1 = 0.36787944117144232).
    let x = try Value.reals([-2, 3])
    let y = try SingleCall("Celu", 12, [x], ["alpha": .float(2)]).reals()
    #expect(y == [Double(Float(-1.2642411176571153)), 3])
    #expect(SingleCall("Celu", 12, [x], ["alpha": .float(-1)]).refusal() == .unsupported)
  }

  @Test("Mish and Swish keep a tail whose exponential has underflowed")
  func tails() throws {
    // e^-750 = 1.90168e-326 is far below the smallest subnormal number, 4.94066e-324; times −750
    // it is 2.887 times that number.
    let x = try Value.reals([-750], type: .f64)
    for (name, version) in [("Mish", Int64(22)), ("Swish", 24)] {
      #expect(try SingleCall(name, version, [x]).reals() == [-3 * 0x1p-1074])
    }
  }

  @Test("HardSwish of float64 has two legal results, of float32 one")
  func sixths() throws {
    let wide = SingleCall("HardSwish", 14, [try .reals([1], type: .f64)])
    #expect(try wide.golden().outputs[0].alternatives.count == 2)
    let single = SingleCall("HardSwish", 14, [try .reals([1, -3, 4])])
    #expect(try single.golden().outputs[0].alternatives.count == 1)
    #expect(try single.reals() == [Double(Float(2) / 3), 0, 4])
  }

  @Test("Clip leaves an infinity open only where its side has no bound")
  func clip() throws {
    let x = try Value.reals([.infinity, -.infinity, .nan, 7])
    let below = SingleCall("Clip", 13, [x, try .reals([5], [])])
    #expect(try below.column().undefined == [true, false, false, false])
    let crossed = [x, try .reals([5], []), try .reals([2], [])]
    #expect(try SingleCall("Clip", 13, crossed).column().undefined == [false, false, true, false])
    #expect(try SingleCall("Clip", 13, crossed).reals()[3] == 2)
    #expect(try SingleCall("Clip", 12, crossed).column().undefined == [true, true, true, true])
    #expect(SingleCall("Clip", 13, [x, try .reals([5], [1])]).refusal() == .invalid)
  }

  @Test("PRelu broadcasts the slope to the input, not the input to the slope")
  func prelu() throws {
    let x = try Value.reals([-1, 2, -3], [3, 1])
    let slope = try Value.reals([2, 4], [2])
    #expect(try SingleCall("PRelu", 16, [x, try .reals([0.5], [])]).reals() == [-0.5, 2, -1.5])
    #expect(SingleCall("PRelu", 16, [x, slope]).refusal() == .invalid)
  }

  @Test("Dropout copies in inference; in training only data of one bit are evaluated")
  func dropout() throws {
    let x = try Value.reals([0.25, 0.25])
    let ratio = try Value.reals([0.75], [])
    let inference = SingleCall("Dropout", 13, [x, ratio], outputs: 2)
    #expect(try inference.reals() == [0.25, 0.25])
    #expect(try inference.integers(1) == [1, 1])
    let training = try Value.integers([1], [], type: .bool)
    let golden = try SingleCall("Dropout", 13, [x, ratio, training]).golden()
    guard case .random(.bernoulli(let kept)) = try golden.tensor().columns else {
      Issue.record("not judged by its distribution")
      return
    }
    #expect(kept == [0.25, 0.25])
    let other = try Value.reals([0.5, 0.25])
    #expect(SingleCall("Dropout", 13, [other, ratio, training]).refusal() == .unsupported)
  }
}
