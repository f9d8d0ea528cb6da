import NumericFormats
import Testing

@Suite("Packed bits")
struct PackedBitsTests {
  @Test("4-bit codes: the first element is the low nibble, an odd count is padded with zero")
  func nibbles() {
    #expect(PackedBits.pack([1, 2, 0xF], bitWidth: 4) == [0x21, 0x0F])
    #expect(PackedBits.unpack([0x21, 0x0F], bitWidth: 4, count: 3) == [1, 2, 0xF])
    #expect(PackedBits.unpack([0x21, 0xAF], bitWidth: 4, count: 3) == [1, 2, 0xF])
  }

  @Test("2-bit codes: four to a byte, the first lowest")
  func pairs() {
    #expect(PackedBits.pack([3, 2, 1, 0, 1], bitWidth: 2) == [0b00_01_10_11, 1])
    #expect(PackedBits.unpack([0b00_01_10_11, 1], bitWidth: 2, count: 5) == [3, 2, 1, 0, 1])
  }

  @Test("6-bit codes: four in three bytes")
  func sixes() {
    // byte0 = x0 | x1<<6, byte1 = x1>>2 | x2<<4, byte2 = x2>>4 | x3<<2
    let codes: [UInt8] = [0b10_0001, 0b11_0010, 0b01_0111, 0b00_1101]
    let bytes: [UInt8] = [0b10_10_0001, 0b0111_1100, 0b00_1101_01]
    #expect(PackedBits.pack(codes, bitWidth: 6) == bytes)
    #expect(PackedBits.unpack(bytes, bitWidth: 6, count: 4) == codes)
    #expect(PackedBits.pack([0x3F], bitWidth: 6) == [0x3F])
    #expect(PackedBits.pack([0x3F, 0x3F], bitWidth: 6) == [0xFF, 0x0F])
    #expect(PackedBits.byteCount(count: 5, bitWidth: 6) == 4)
  }

  @Test("Packing and unpacking are inverse for every length", arguments: [1, 2, 4, 6, 8])
  func roundTrip(bitWidth: Int) throws {
    for count in 0..<40 {
      let codes = (0..<count).map {
        UInt8(truncatingIfNeeded: ($0 * 37 + 5) & ((1 << bitWidth) - 1))
      }
      let bytes = PackedBits.pack(codes, bitWidth: bitWidth)
      #expect(bytes.count == PackedBits.byteCount(count: count, bitWidth: bitWidth))
      #expect(PackedBits.unpack(bytes, bitWidth: bitWidth, count: count) == codes)
    }
  }

  @Test("A wrong byte count, a negative count or an overflowing count is refused")
  func refused() {
    #expect(PackedBits.unpack([0x21], bitWidth: 4, count: 3) == nil)
    #expect(PackedBits.unpack([0x21, 0, 0], bitWidth: 4, count: 3) == nil)
    #expect(PackedBits.unpack([], bitWidth: 4, count: -1) == nil)
    #expect(PackedBits.unpack([], bitWidth: 4, count: .max) == nil)
    #expect(PackedBits.unpack([], bitWidth: 0, count: 0) == nil)
    #expect(PackedBits.byteCount(count: 1, bitWidth: 9) == nil)
    #expect(PackedBits.unpack([], bitWidth: 4, count: 0) == [])
  }

  @Test("Sign extension covers every 4-bit and 2-bit code")
  func signExtension() {
    let fours = (0..<16).map { PackedBits.signExtended(UInt8($0), bitWidth: 4) }
    #expect(fours == [0, 1, 2, 3, 4, 5, 6, 7, -8, -7, -6, -5, -4, -3, -2, -1])
    #expect((0..<4).map { PackedBits.signExtended(UInt8($0), bitWidth: 2) } == [0, 1, -2, -1])
    #expect(PackedBits.signExtended(0xF7, bitWidth: 4) == 7)
  }
}
