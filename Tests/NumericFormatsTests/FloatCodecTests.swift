import NumericFormats
import Testing

@Suite("Decoding and encoding")
struct FloatCodecTests {
  @Test("Every code decodes to the value of its layout and back", arguments: Layout.small)
  func everyCode(_ layout: Layout) {
    let format = layout.format
    let sign = UInt64(1) << UInt64(format.bitWidth - 1)
    for point in layout.grid() {
      var failures = 0
      if format.decode(point.code) != point.value { failures += 1 }
      if format.encode(point.value) != point.code { failures += 1 }
      if point.code == 0 && !format.hasNegativeZero {
        if !format.decode(sign).isNaN { failures += 1 }
        if format.encode(-0.0) != 0 { failures += 1 }
      } else {
        let negative = format.decode(point.code | sign)
        if negative != -point.value || negative.sign != .minus { failures += 1 }
        if format.encode(-point.value) != point.code | sign { failures += 1 }
      }
      #expect(failures == 0, "\(format.name) code \(point.code)")
    }
  }

  @Test("NaN and infinity codes", arguments: Layout.small)
  func specialCodes(_ layout: Layout) {
    let format = layout.format
    let sign = UInt64(1) << UInt64(format.bitWidth - 1)
    if let infinity = layout.infinity {
      #expect(format.decode(infinity) == .infinity)
      #expect(format.decode(infinity | sign) == -.infinity)
      #expect(format.encode(.infinity) == infinity)
      #expect(format.encode(-.infinity) == infinity | sign)
    }
    for code in layout.nanCodes.map(Array.init) ?? [] {
      #expect(format.decode(code).isNaN)
      #expect(format.decode(code | sign).isNaN)
    }
    if format.hasNaN {
      #expect(format.decode(format.encode(.nan)).isNaN)
      #expect(format.decode(format.encode(.nan, overflow: .saturate)).isNaN)
    } else {
      #expect(format.decode(format.encode(.nan)) == format.greatestFinite)
    }
  }

  @Test("Midpoints go to the even code, their neighbours to the near one", arguments: Layout.small)
  func midpoints(_ layout: Layout) {
    let format = layout.format
    let points = layout.grid()
    for (low, high) in zip(points, points.dropFirst()) {
      let middle = (low.value + high.value) / 2
      let even = low.code % 2 == 0 ? low.code : high.code
      var observed = [
        format.encode(middle), format.encode(middle.nextDown), format.encode(middle.nextUp),
        format.encode(high: middle, low: -middle.ulp / 1024),
        format.encode(high: middle, low: middle.ulp / 1024),
      ]
      let expected = [even, low.code, high.code, low.code, high.code]
      #expect(observed == expected, "\(format.name) between \(low.value) and \(high.value)")
      let sign = UInt64(1) << UInt64(format.bitWidth - 1)
      observed = [
        format.encode(-middle), format.encode(-middle.nextDown), format.encode(-middle.nextUp),
        format.encode(high: -middle, low: middle.ulp / 1024),
        format.encode(high: -middle, low: -middle.ulp / 1024),
      ]
      let mirrored = expected.map { $0 == 0 && !format.hasNegativeZero ? 0 : $0 | sign }
      #expect(observed == mirrored, "\(format.name) between \(-high.value) and \(-low.value)")
    }
  }

  @Test("Overflow starts at the largest value plus half a unit", arguments: Layout.small)
  func overflowThreshold(_ layout: Layout) {
    let format = layout.format
    let greatest = layout.greatest
    let threshold = greatest + format.ulp(of: greatest) / 2
    // The last code is odd except where the top code is NaN (e4m3fn): only there a tie stays in.
    let tieStays = format == .e4m3fn
    #expect(format.encode(threshold.nextDown) == format.encode(greatest))
    #expect(format.encode(high: threshold, low: -0x1p-60) == format.encode(greatest))
    let beyond = tieStays ? threshold.nextUp : threshold
    for x in [beyond, beyond * 2, .greatestFiniteMagnitude] {
      #expect(format.round(x, overflow: .saturate) == greatest)
      #expect(format.round(-x, overflow: .saturate) == -greatest)
      let rounded = format.round(x)
      if format.hasInfinity {
        #expect(rounded == .infinity)
        #expect(format.round(-x) == -.infinity)
      } else if format.hasNaN {
        #expect(rounded.isNaN)
        #expect(format.round(-x).isNaN)
      } else {
        #expect(rounded == greatest)
        #expect(format.round(-x) == -greatest)
      }
    }
  }

  @Test("Saturation of infinities follows the ONNX Cast table", arguments: Layout.small)
  func saturatedInfinity(_ layout: Layout) {
    let rounded = layout.format.round(.infinity, overflow: .saturate)
    let negative = layout.format.round(-.infinity, overflow: .saturate)
    if layout.format == .e4m3fnuz || layout.format == .e5m2fnuz {
      #expect(rounded.isNaN)
      #expect(negative.isNaN)
    } else {
      #expect(rounded == layout.greatest)
      #expect(negative == -layout.greatest)
    }
  }

  @Test("Clamping takes infinities to the largest value in every format", arguments: Layout.small)
  func clampedInfinity(_ layout: Layout) {
    #expect(layout.format.round(.infinity, overflow: .clamp) == layout.greatest)
    #expect(layout.format.round(-.infinity, overflow: .clamp) == -layout.greatest)
    #expect(layout.format.round(2 * layout.greatest, overflow: .clamp) == layout.greatest)
  }

  @Test("Half the smallest value is a tie to zero that keeps its sign", arguments: Layout.small)
  func underflow(_ layout: Layout) {
    let format = layout.format
    let half = format.smallestSubnormal / 2
    #expect(format.round(half) == 0)
    #expect(format.round(half.nextUp) == format.smallestSubnormal)
    #expect(format.round(-.leastNonzeroMagnitude) == 0)
    let sign: FloatingPointSign = format.hasNegativeZero ? .minus : .plus
    #expect(format.round(-half).sign == sign)
    #expect(format.round(-0.0).sign == sign)
    #expect(format.round(high: -0.0, low: 0).sign == sign)
  }

  @Test("Rounding toward zero stops at the neighbour below", arguments: Layout.small)
  func towardZero(_ layout: Layout) {
    let format = layout.format
    let points = layout.grid()
    for (low, high) in zip(points, points.dropFirst()) {
      #expect(format.roundTowardZero(high.value) == high.value)
      #expect(format.roundTowardZero(high.value.nextDown) == low.value)
      #expect(format.roundTowardZero(-high.value.nextDown) == -low.value)
    }
    #expect(format.roundTowardZero(.greatestFiniteMagnitude) == layout.greatest)
    #expect(format.roundTowardZero(-.greatestFiniteMagnitude) == -layout.greatest)
  }
}
