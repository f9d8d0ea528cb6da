import Spec
import Tensors
import Testing

@Suite("Functions of one element")
struct UnaryTests {
  /// The codes of results in float16, which tell −0 from +0.
  private func halves(_ operatorName: String, _ version: Int64, _ x: [Double]) throws -> [UInt64] {
    try SingleCall(operatorName, version, [try .reals(x, type: .f16)]).tensor().codes
  }

  @Test("Round takes halves to the even neighbour and keeps the sign of a zero")
  func roundHalves() throws {
    let x = [0.5, 1.5, 2.5, -0.5, -2.5, 0.49951171875]
    #expect(try SingleCall("Round", 22, [try .reals(x)]).reals() == [0, 2, 2, 0, -2, 0])
    #expect(try halves("Round", 22, [-0.5, -0.0, 0.5]) == [0x8000, 0x8000, 0])
  }

  @Test("Floor and Ceil round to their own side")
  func floorAndCeil() throws {
    let x = [1.5, -1.5, 3, -0.25]
    #expect(try SingleCall("Floor", 13, [try .reals(x)]).reals() == [1, -2, 3, -1])
    #expect(try SingleCall("Ceil", 13, [try .reals(x)]).reals() == [2, -1, 3, 0])
    #expect(try halves("Ceil", 13, [-0.25]) == [0x8000])
  }

  @Test("Neg flips the sign of zeros and wraps the least integer; Abs leaves that one open")
  func leastInteger() throws {
    let x = try Value.integers([-128, 127, -5], type: .i8)
    #expect(try SingleCall("Neg", 13, [x]).integers() == [-128, -127, 5])
    #expect(try SingleCall("Neg", 13, [x]).column().undefined.isEmpty)
    #expect(try SingleCall("Abs", 13, [x]).column().undefined == [true, false, false])
    #expect(try halves("Neg", 13, [0, -0.0]) == [0x8000, 0])
    #expect(try halves("Abs", 13, [0, -0.0]) == [0, 0])
  }

  @Test("Sign of NaN is open, the sign of every number is not")
  func sign() throws {
    let call = SingleCall("Sign", 13, [try .reals([-3, 0, 0x1p-149, .nan])])
    #expect(try call.reals().prefix(3) == [-1, 0, 1])
    #expect(try call.column().undefined == [false, false, false, true])
  }

  @Test("Relu keeps NaN and cuts negative integers")
  func relu() throws {
    let reals = try SingleCall("Relu", 14, [try .reals([.nan, -1, 2])]).reals()
    #expect(reals[0].isNaN && reals.dropFirst() == [0, 2])
    let integers = try Value.integers([-7, 0, 7], type: .i32)
    #expect(try SingleCall("Relu", 14, [integers]).integers() == [0, 0, 7])
  }

  @Test("IsInf counts the signs asked for, IsNaN only NaN")
  func classes() throws {
    let x = try Value.reals([.infinity, -.infinity, .nan, 1])
    #expect(try SingleCall("IsNaN", 20, [x]).integers() == [0, 0, 1, 0])
    #expect(try SingleCall("IsInf", 20, [x]).integers() == [1, 1, 0, 0])
    let positive = SingleCall("IsInf", 20, [x], ["detect_negative": .int(0)])
    #expect(try positive.integers() == [1, 0, 0, 0])
  }

  @Test("Not and BitwiseNot differ; Not of numbers is refused")
  func negations() throws {
    #expect(
      try SingleCall("BitwiseNot", 18, [try .integers([0, 5], type: .u8)]).integers() == [255, 250])
    #expect(try SingleCall("Not", 1, [try .integers([0, 1], type: .bool)]).integers() == [1, 0])
    #expect(SingleCall("Not", 1, [try .integers([0, 1], type: .u8)]).refusal() == .invalid)
  }
}
