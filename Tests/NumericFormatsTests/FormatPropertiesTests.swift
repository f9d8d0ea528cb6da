import NumericFormats
import Testing

@Suite("Format properties")
struct FormatPropertiesTests {
  @Test("Largest, smallest and unit round-off follow the layout", arguments: Layout.small)
  func limits(_ layout: Layout) {
    let format = layout.format
    let points = layout.grid()
    #expect(format.greatestFinite == layout.greatest)
    #expect(points.last?.value == layout.greatest)
    #expect(format.smallestSubnormal == points[1].value)
    #expect(format.smallestNormal == layout.magnitude(of: 1 << UInt64(layout.fractionBits)))
    #expect(format.precision == layout.fractionBits + 1)
    #expect(format.minExponent == 1 - layout.bias)
    #expect(format.maxExponent == Int(layout.greatest.exponent))
    #expect(format.unitRoundoff * format.smallestNormal * 2 == format.smallestSubnormal)
    #expect(format.hasInfinity == (layout.infinity != nil))
  }

  @Test("binary32 and binary64 agree with the language's own types")
  func wideLimits() {
    #expect(FloatFormat.f32.greatestFinite == Double(Float.greatestFiniteMagnitude))
    #expect(FloatFormat.f32.smallestSubnormal == Double(Float.leastNonzeroMagnitude))
    #expect(FloatFormat.f32.smallestNormal == Double(Float.leastNormalMagnitude))
    #expect(FloatFormat.f64.greatestFinite == .greatestFiniteMagnitude)
    #expect(FloatFormat.f64.smallestSubnormal == .leastNonzeroMagnitude)
    #expect(FloatFormat.f64.smallestNormal == .leastNormalMagnitude)
    #expect(FloatFormat.f64.unitRoundoff == 0x1p-53)
    #expect(FloatFormat.tf32.unitRoundoff == 0x1p-11)
    #expect(FloatFormat.hf32.unitRoundoff == 0x1p-12)
    #expect(FloatFormat.tf32.greatestFinite == 0x1.ffcp127)
    #expect(FloatFormat.hf32.greatestFinite == 0x1.ffep127)
  }

  @Test("Which formats have NaN, infinity, negative zero and a sign")
  func capabilities() {
    let formats = FloatFormat.storageFormats
    #expect(formats.filter(\.hasInfinity).map(\.name) == ["f64", "f32", "f16", "bf16", "f8e5m2"])
    #expect(formats.filter { !$0.hasNaN }.map(\.name) == ["f6e2m3", "f6e3m2", "f4e2m1"])
    #expect(
      formats.filter { !$0.hasNegativeZero }.map(\.name)
        == ["f8e4m3fnuz", "f8e5m2fnuz", "f8e8m0"])
    #expect(formats.filter { !$0.isSigned }.map(\.name) == ["f8e8m0"])
    #expect(Set(formats.map(\.name)).count == formats.count)
  }

  @Test("The unit in the last place is the gap to the next value", arguments: Layout.small)
  func ulpIsTheGap(_ layout: Layout) {
    let points = layout.grid()
    for (point, next) in zip(points, points.dropFirst()) {
      #expect(layout.format.ulp(of: point.value) == next.value - point.value)
      #expect(layout.format.ulp(of: -point.value) == next.value - point.value)
    }
  }

  @Test("The unit in the last place has no upper limit and no value at specials")
  func ulpOutsideTheRange() {
    #expect(FloatFormat.f16.ulp(of: 65536) == 64)
    #expect(FloatFormat.e4m3fn.ulp(of: 512) == 64)
    #expect(FloatFormat.f64.ulp(of: 1) == Double.ulpOfOne)
    #expect(FloatFormat.f64.ulp(of: 0) == .leastNonzeroMagnitude)
    #expect(FloatFormat.f64.ulp(of: 0x1p-1070) == .leastNonzeroMagnitude)
    #expect(FloatFormat.f32.ulp(of: 0x1p-1070) == 0x1p-149)
    #expect(FloatFormat.tf32.ulp(of: 1) == 0x1p-10)
    #expect(FloatFormat.f32.ulp(of: .nan).isNaN)
    #expect(FloatFormat.f32.ulp(of: .infinity).isNaN)
  }
}
