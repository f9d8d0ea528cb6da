import ModelFormat
import Spec
import Tensors
import Testing

@Suite("Casts and quantisation")
struct QuantisationTests {
  @Test("Cast from float64 to float16 rounds once")
  func singleRounding() throws {
    // 1 + 2^-11 is halfway between 1 and 1 + 2^-10 (0x3c01); the 2^-30 decides upwards. By way of
    // float32 it is lost, and the tie goes to 1 (0x3c00).
    let x = try Value.reals([1 + 0x1p-11 + 0x1p-30, 1 + 0x1p-11], type: .f64)
    #expect(try SingleCall("Cast", 13, [x], ["to": .int(10)]).tensor().codes == [0x3c01, 0x3c00])
  }

  @Test("Cast from float64 to bfloat16 rounds once")
  func singleRoundingToBrain() throws {
    // 1 + 2^-8 is halfway between 1 and 1 + 2^-7 (0x3f81).
    let x = try Value.reals([1 + 0x1p-8 + 0x1p-40, 1 + 0x1p-8], type: .f64)
    #expect(try SingleCall("Cast", 13, [x], ["to": .int(16)]).tensor().codes == [0x3f81, 0x3f80])
  }

  @Test("Cast to integers truncates, wraps integers, and leaves the rest open")
  func integers() throws {
    let x = try Value.reals([-1.9, 1.9, .nan, 3e9])
    let call = SingleCall("Cast", 13, [x], ["to": .int(6)])
    #expect(try call.integers().prefix(2) == [-1, 1])
    #expect(try call.column().undefined == [false, false, true, true])
    let wide = try Value.integers([300, -1], type: .i32)
    #expect(try SingleCall("Cast", 13, [wide], ["to": .int(2)]).integers() == [44, 255])
    #expect(try SingleCall("Cast", 13, [wide], ["to": .int(9)]).integers() == [1, 1])
  }

  @Test("Cast to float8 saturates by default")
  func saturation() throws {
    // The largest e4m3fn is 448 (0x7e); without saturation what exceeds it is NaN (0x7f).
    let x = try Value.reals([1000, 1])
    #expect(try SingleCall("Cast", 19, [x], ["to": .int(17)]).tensor().codes == [0x7e, 0x38])
    let open = SingleCall("Cast", 19, [x], ["to": .int(17), "saturate": .int(0)])
    #expect(try open.tensor().codes == [0x7f, 0x38])
  }

  @Test(
    "Infinities become NaN in the fnuz types until Cast 23, their largest value from 24 on",
    arguments: [(Int64(18), UInt64(0x7f)), (20, 0x7f)])
  func saturatedInfinities(_ type: Int64, _ largest: UInt64) throws {
    // Both formats have the largest code 0x7f and the one NaN 0x80.
    let x = try Value.reals([.infinity, -.infinity, 1e9])
    let beside = try Value.integers([0], type: .i8)
    for version: Int64 in [19, 23, 24, 28] {
      let codes = version >= 24 ? [largest, largest | 0x80] : [0x80, 0x80]
      let call = SingleCall("Cast", version, [x], ["to": .int(type)])
      #expect(try call.tensor().codes == codes + [largest])
      let open = SingleCall("Cast", version, [x], ["to": .int(type), "saturate": .int(0)])
      #expect(try open.tensor().codes == [0x80, 0x80, 0x80])
    }
    #expect(try SingleCall("CastLike", 24, [x, beside]).tensor().type == .i8)
  }

  @Test("Cast reads and writes numbers as text; CastLike takes the other input's type")
  func texts() throws {
    let call = SingleCall("Cast", 13, [try .strings(["1.5", "-2"])], ["to": .int(1)])
    #expect(try call.reals() == [1.5, -2])
    let written = SingleCall("Cast", 13, [try .integers([-7])], ["to": .int(8)])
    #expect(try written.tensor().strings == ["-7"])
    let like = SingleCall("CastLike", 15, [try .reals([2.5]), try .integers([0], type: .i32)])
    #expect(try like.integers() == [2])
    #expect(try like.tensor().type == .i32)
    #expect(
      SingleCall("Cast", 13, [try .reals([1])], ["to": .int(999)]).refusal() == .invalid)
  }

  @Test("QuantizeLinear of +Inf is the largest code; ties go to even before the zero point")
  func quantize() throws {
    let x = try Value.reals([.infinity, -.infinity, 0.5, 1.5, 2.5, -0.5])
    let one = try Value.reals([1], [])
    let unsigned = SingleCall("QuantizeLinear", 13, [x, one, try .integers([0], [], type: .u8)])
    #expect(try unsigned.integers() == [255, 0, 0, 2, 2, 0])
    let signed = SingleCall("QuantizeLinear", 13, [x, one, try .integers([0], [], type: .i8)])
    #expect(try signed.integers() == [127, -128, 0, 2, 2, 0])
    // Rounded first, shifted by 1 then: 0 + 1, 2 + 1, 2 + 1, 0 + 1.
    let shifted = SingleCall("QuantizeLinear", 13, [x, one, try .integers([1], [], type: .u8)])
    #expect(try shifted.integers() == [255, 0, 1, 3, 3, 1])
  }

  @Test("The codes of a quotient that is exact leave no interval")
  func strictInterval() throws {
    let call = SingleCall(
      "QuantizeLinear", 13,
      [try .reals([3]), try .reals([2], []), try .integers([10], [], type: .u8)])
    guard case .quantised(let column) = try call.column().columns else {
      Issue.record("no quantised column")
      return
    }
    // 3/2 = 1.5 goes to 2; 2 + 10.
    #expect(column.value == [11.5])
    #expect(column.lowest == [12])
    #expect(column.highest == [12])
  }

  @Test("DequantizeLinear subtracts the zero point before it scales")
  func dequantize() throws {
    let call = SingleCall(
      "DequantizeLinear", 13,
      [
        try .integers([0, 128, 255], type: .u8), try .reals([0.5], []),
        try .integers([128], [], type: .u8),
      ])
    #expect(try call.reals() == [-64, 0, 63.5])
  }

  @Test("DequantizeLinear may round the operands to the type of its product first")
  func narrowOperands() throws {
    // 2^24 + 1 lies between two float32 values and becomes 2^24; times 3 the exact product is
    // nearest to 3·2^24 + 4, the narrow one 3·2^24.
    let scale = try Value.reals([3], [])
    let codes = try Value.integers([0x100_0001], type: .i32)
    let wide = try SingleCall("DequantizeLinear", 13, [codes, scale]).golden()
    #expect(try products(wide) == [[50_331_651], [50_331_648]])
    // Codes that the type holds leave one result.
    let small = try Value.integers([0x100_0000], type: .i32)
    let single = try SingleCall("DequantizeLinear", 13, [small, scale]).golden()
    #expect(try products(single) == [[50_331_648]])
  }

  /// The exact values of every legal result of the first output.
  private func products(_ golden: Golden) throws -> [[Double]] {
    try #require(golden.outputs.first).alternatives.map { alternative in
      guard case .tensor(let tensor) = alternative, case .rounded(let column) = tensor.columns
      else { throw NoTensor() }
      return column.high
    }
  }

  @Test("DynamicQuantizeLinear spans its inputs and zero")
  func dynamic() throws {
    // −51 … 204 span 255 codes of 1; −51 gets code 0, so zero has code 51.
    let call = SingleCall(
      "DynamicQuantizeLinear", 11, [try .reals([-51, 204, 0])], outputs: 3)
    #expect(try call.integers(0) == [0, 255, 51])
    #expect(try call.reals(1) == [1])
    #expect(try call.integers(2) == [51])
    // Zero belongs to the range even where all inputs are positive.
    let positive = SingleCall("DynamicQuantizeLinear", 11, [try .reals([255, 51])], outputs: 3)
    #expect(try positive.integers(0) == [255, 51])
    #expect(try positive.integers(2) == [0])
  }

  @Test("QLinearMatMul multiplies codes, scales once and rounds once")
  func qLinearMatMul() throws {
    // (2·1 + 4·3)·½·1/1 = 7; 7 + 10.
    let call = SingleCall(
      "QLinearMatMul", 10,
      [
        try .integers([2, 4], [1, 2], type: .u8), try .reals([0.5], []),
        try .integers([0], [], type: .u8), try .integers([1, 3], [2, 1], type: .u8),
        try .reals([1], []), try .integers([0], [], type: .u8), try .reals([1], []),
        try .integers([10], [], type: .u8),
      ])
    #expect(try call.integers() == [17])
  }
}
