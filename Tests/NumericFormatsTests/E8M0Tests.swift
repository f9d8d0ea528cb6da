import NumericFormats
import Testing

@Suite("e8m0")
struct E8M0Tests {
  typealias Mode = FloatFormat.PowerOfTwoRounding

  @Test("Codes are the powers of two from 2^-127 to 2^127")
  func codes() {
    var value = 0x1p-127
    for code in 0...UInt64(0xFE) {
      #expect(FloatFormat.e8m0.decode(code) == value)
      for mode in [Mode.up, .down, .nearest] {
        #expect(FloatFormat.encodeE8M0(value, mode: mode, saturate: false) == UInt8(code))
      }
      value *= 2
    }
    #expect(FloatFormat.e8m0.decode(0xFF).isNaN)
    #expect(FloatFormat.e8m0.greatestFinite == 0x1p127)
    #expect(FloatFormat.e8m0.smallestSubnormal == 0x1p-127)
  }

  @Test(
    "Rounding directions between 1 and 2",
    arguments: [
      (1.0.nextUp, 128, 127, 127), (1.25, 128, 127, 127), (1.5.nextDown, 128, 127, 127),
      (1.5, 128, 127, 128), (1.5.nextUp, 128, 127, 128), (2.0.nextDown, 128, 127, 128),
    ] as [(Double, UInt8, UInt8, UInt8)])
  func directions(x: Double, up: UInt8, down: UInt8, nearest: UInt8) {
    #expect(FloatFormat.encodeE8M0(x, mode: .up, saturate: true) == up)
    #expect(FloatFormat.encodeE8M0(x, mode: .down, saturate: true) == down)
    #expect(FloatFormat.encodeE8M0(x, mode: .nearest, saturate: true) == nearest)
  }

  @Test("Special values follow the ONNX Cast table", arguments: [Mode.up, .down, .nearest])
  func specials(mode: Mode) {
    func code(_ x: Double, saturate: Bool) -> UInt8 {
      FloatFormat.encodeE8M0(x, mode: mode, saturate: saturate)
    }
    #expect(code(0, saturate: true) == 0)
    #expect(code(0, saturate: false) == 0xFF)
    #expect(code(.nan, saturate: true) == 0xFF)
    #expect(code(.nan, saturate: false) == 0xFF)
    #expect(code(.infinity, saturate: true) == 0xFE)
    #expect(code(.infinity, saturate: false) == 0xFF)
    #expect(code(0x1p127.nextUp, saturate: true) == 0xFE)
    #expect(code(0x1p127.nextUp, saturate: false) == 0xFF)
    #expect(code(0x1p-127.nextDown, saturate: true) == 0)
    #expect(code(0x1p-127.nextDown, saturate: false) == 0xFF)
    #expect(code(-1, saturate: true) == 0)
    #expect(code(-1, saturate: false) == 0xFF)
  }

  @Test("The general encoder rounds to nearest and honours the low part")
  func generalEncoder() {
    let format = FloatFormat.e8m0
    #expect(format.encode(3) == 129)
    #expect(format.encode(high: 3, low: -0x1p-60) == 128)
    #expect(format.encode(high: 0x1p127, low: 0x1p60) == 0xFF)
    #expect(format.encode(high: 0x1p127, low: 0x1p60, overflow: .saturate) == 0xFE)
    #expect(format.encode(0, overflow: .saturate) == 0)
    #expect(format.roundTowardZero(3.9) == 2)
    #expect(format.roundTowardZero(0x1p200) == 0x1p127)
    #expect(format.roundTowardZero(0).isNaN)
  }
}
