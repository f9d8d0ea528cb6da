import Tensors
import Testing

@Suite("Explicit values")
struct FillValueTests {
  @Test(
    "Words and numbers give the codes of the type",
    arguments: [
      ("nan", ElementType.f16, UInt64(0x7E00)), ("-inf", .f32, 0xFF80_0000),
      ("-0", .f32, 0x8000_0000),
      ("+inf", .f16, 0x7C00), ("max", .f16, 0x7BFF), ("-max", .f16, 0xFBFF), ("min", .f16, 0xFBFF),
      ("smallest-normal", .f16, 0x0400), ("-smallest-subnormal", .f16, 0x8001),
      ("0x1p-3", .f32, 0x3E00_0000), ("max", .i8, 0x7F), ("min", .i64, 0x8000_0000_0000_0000),
      ("-1", .i4, 0xF), ("18446744073709551615", .u64, .max), ("1e3", .i32, 1000),
      ("true", .bool, 1), ("max", .e4m3fn, 0x7E), ("1", .e8m0, 127),
    ])
  func codes(_ text: String, _ type: ElementType, _ code: UInt64) throws {
    // Only the bits of the type count.
    let mask = type.bitWidth == 64 ? UInt64.max : (1 << UInt64(type.bitWidth)) - 1
    #expect(try FillValue(text).code(in: type) & mask == code)
  }

  @Test(
    "A value the type does not have is refused",
    arguments: [
      ("256", ElementType.u8), ("-1", .u8), ("0.5", .i32), ("1e9", .f16), ("inf", .e4m3fn),
      ("nan", .e2m1), ("-1", .e8m0), ("nan", .i32), ("word", .f32), ("2", .bool),
      ("infinity", .f32),
    ])
  func refused(_ text: String, _ type: ElementType) {
    #expect(throws: FillError.doesNotFit(value: text, type: type)) {
      try FillValue(text).code(in: type)
    }
  }

  @Test("Placements reach the positions they name, and refuse others")
  func placements() throws {
    let zeros = try Fill.zeros.tensor(type: .f32, shape: [2, 3], key: (0, 0))
    func placed(_ position: Placement.Position) throws -> [Double]? {
      try zeros.placing([Placement(value: FillValue("1"), position: position)]).doubles
    }
    #expect(try placed(.linear(.middle)) == [0, 0, 0, 1, 0, 0])
    #expect(try placed(.linear(.at(-1))) == [0, 0, 0, 0, 0, 1])
    #expect(try placed(.row(1, .first)) == [0, 0, 0, 1, 0, 0])
    #expect(try placed(.everyRow(.last)) == [0, 0, 1, 0, 0, 1])
    #expect(try placed(.wholeRow(0)) == [1, 1, 1, 0, 0, 0])
    #expect(try placed(.index([-1, 1])) == [0, 0, 0, 0, 1, 0])
    #expect(try placed(.every(4)) == [1, 0, 0, 0, 1, 0])
    #expect(throws: FillError.self) { try placed(.linear(.at(6))) }
    #expect(throws: FillError.self) { try placed(.row(2, .first)) }
    #expect(throws: FillError.self) { try placed(.index([0])) }
    #expect(throws: FillError.self) { try placed(.every(0)) }
  }
}
