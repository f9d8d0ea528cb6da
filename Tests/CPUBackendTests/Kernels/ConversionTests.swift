import CPUKernels
import Testing

@Suite("Conversions of 16-bit formats")
struct ConversionTests {
  private static let patterns = (0...UInt16.max).map { $0 }

  /// The floats at, next to and halfway between neighbouring binary16 numbers, and random ones.
  private static let floats: [Float] = {
    var source = ValueSource(seed: 7)
    var result = source.special(1000)
    result += (0..<20_000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: source.next())) }
    for pattern in stride(from: UInt16(0), to: 0x7c00, by: 7) {
      let low = Float(Float16(bitPattern: pattern))
      let high = pattern == 0x7bff ? 65536 : Float(Float16(bitPattern: pattern + 1))
      let middle = (low + high) / 2
      result += [low, middle, middle.nextUp, -middle.nextDown, -middle]
    }
    return result
  }()

  @Test("Every binary16 pattern becomes the float of its value")
  func expandHalf() {
    for table in KernelLibrary.tables {
      let y = GuardedBuffer(count: Self.patterns.count, filler: Float.nan)
      table.f16_to_f32(Self.patterns, y.start, Self.patterns.count)
      for (pattern, value) in zip(Self.patterns, y.elements) {
        let exact = Float16(bitPattern: pattern)
        if exact.isNaN {
          // Sign and payload move up, the quiet bit is set.
          let bits = UInt32(pattern & 0x8000) << 16 | 0x7fc0_0000 | UInt32(pattern & 0x3ff) << 13
          #expect(value.bitPattern == bits)
        } else {
          #expect(value.bitPattern == Float(exact).bitPattern)
        }
      }
    }
  }

  @Test("A float becomes the nearest binary16 number, ties to even")
  func roundHalf() {
    for table in KernelLibrary.tables {
      let y = GuardedBuffer(count: Self.floats.count, filler: UInt16.max)
      table.f32_to_f16(Self.floats, y.start, Self.floats.count)
      for (value, pattern) in zip(Self.floats, y.elements) {
        if value.isNaN {
          let payload = UInt16(truncatingIfNeeded: value.bitPattern >> 13) & 0x3ff
          let sign = UInt16(truncatingIfNeeded: value.bitPattern >> 16) & 0x8000
          #expect(pattern == sign | 0x7e00 | payload)
        } else {
          #expect(pattern == Float16(value).bitPattern, "\(value)")
        }
      }
    }
  }

  @Test("bfloat16 is the upper half of a float")
  func expandBrain() {
    for table in KernelLibrary.tables {
      let y = GuardedBuffer(count: Self.patterns.count, filler: Float.nan)
      table.bf16_to_f32(Self.patterns, y.start, Self.patterns.count)
      for (pattern, value) in zip(Self.patterns, y.elements) {
        let quiet: UInt32 = Float(bitPattern: UInt32(pattern) << 16).isNaN ? 0x40_0000 : 0
        #expect(value.bitPattern == UInt32(pattern) << 16 | quiet)
      }
    }
  }

  @Test("A float becomes the nearest bfloat16 number, ties to even")
  func roundBrain() {
    for table in KernelLibrary.tables {
      let y = GuardedBuffer(count: Self.floats.count, filler: UInt16.max)
      table.f32_to_bf16(Self.floats, y.start, Self.floats.count)
      for (value, pattern) in zip(Self.floats, y.elements) {
        let result = Float(bitPattern: UInt32(pattern) << 16)
        guard !value.isNaN else {
          #expect(result.isNaN && result.sign == value.sign)
          continue
        }
        #expect(isNearest(pattern, to: value), "\(value) became \(result)")
      }
    }
  }

  /// Compares distances to both neighbours in double precision, where they are exact. The number
  /// after the largest counts as 2^128, although its pattern is that of infinity.
  private func isNearest(_ pattern: UInt16, to value: Float) -> Bool {
    if value.isInfinite { return Float(bitPattern: UInt32(pattern) << 16) == value }
    func magnitude(_ pattern: Int) -> Double {
      pattern == 0x7f80 ? 0x1p128 : Double(Float(bitPattern: UInt32(pattern) << 16))
    }
    let own = Int(pattern & 0x7fff)
    guard own <= 0x7f80, (pattern >> 15 == 1) == (value.sign == .minus) else { return false }
    let target = Double(value.magnitude)
    let distance = abs(magnitude(own) - target)
    let neighbours = [own - 1, own + 1].filter { (0...0x7f80).contains($0) }
    return neighbours.allSatisfy { neighbour in
      let other = abs(magnitude(neighbour) - target)
      return distance < other || (distance == other && own % 2 == 0)
    }
  }

  @Test("A quantised value minus its zero point is exact")
  func offsets() {
    for table in KernelLibrary.tables {
      for zero in [Int16(0), 1, 128, 255, -128] {
        let y = GuardedBuffer(count: 256, filler: Int16.max)
        table.offset_u8((0...255).map { UInt8($0) }, zero, y.start, 256)
        #expect(y.elements == (0...255).map { Int16($0) - zero })
        table.offset_s8((-128...127).map { Int8($0) }, zero, y.start, 256)
        #expect(y.elements == (-128...127).map { Int16($0) - zero })
      }
    }
  }
}
