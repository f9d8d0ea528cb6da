import CanonicalJSON
import Testing

@Suite("Hex floats")
struct HexFloatTests {
  /// Value and text by hand: 12 = 1.5·2^3 and 1.5 = 1 + 8/16, hence 0x1.8p+3; 0.1 is the value
  /// 0x1.999999999999ap-4 that IEEE 754 binary64 rounds it to.
  static let pairs: [(Double, String)] = [
    (12, "0x1.8p+3"), (1, "0x1p+0"), (0, "0x0p+0"), (-0.0, "-0x0p+0"), (-0.5, "-0x1p-1"),
    (0.1, "0x1.999999999999ap-4"), (.infinity, "inf"), (-.infinity, "-inf"),
    (.greatestFiniteMagnitude, "0x1.fffffffffffffp+1023"),
    (.leastNormalMagnitude, "0x1p-1022"), (.leastNonzeroMagnitude, "0x0.0000000000001p-1022"),
  ]

  @Test("A value and its text are each other's image", arguments: pairs)
  func roundTrip(value: Double, text: String) {
    #expect(HexFloat.text(of: value) == text)
    #expect(HexFloat.value(of: text)?.bitPattern == value.bitPattern)
  }

  @Test("NaN is a word without sign or payload")
  func notANumber() {
    #expect(HexFloat.text(of: -.nan) == "nan")
    #expect(HexFloat.value(of: "nan")?.isNaN == true)
    #expect(HexFloat.value(of: "-nan") == nil)
  }

  @Test(
    "Texts of other writers are read", arguments: [("0x10p-4", 1.0), ("0X", nil), ("0x.8p0", nil)])
  func foreignTexts(text: String, value: Double?) {
    #expect(HexFloat.value(of: text) == value)
  }

  @Test(
    "A text that is not exactly a binary64 value is refused",
    arguments: [
      "", "0x", "0x1", "0x1p", "0x1p+", "1.5", "0x1.8p+3 ", "0x1p+1024", "0x1p-1075",
      "0x1.00000000000008p+0", "0x1.8p+9999999", "0x11111111111111111p+0", "infinity", "+inf",
    ])
  func refused(text: String) {
    #expect(HexFloat.value(of: text) == nil)
  }

  @Test("Random bit patterns survive the round trip; seed 7")
  func randomRoundTrip() {
    var state: UInt64 = 7
    for _ in 0..<2_000 {
      // Knuth's MMIX congruential generator: any bit pattern will do.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state)
      guard !value.isNaN else { continue }
      #expect(HexFloat.value(of: HexFloat.text(of: value))?.bitPattern == value.bitPattern)
    }
  }
}
