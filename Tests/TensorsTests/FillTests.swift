import Tensors
import Testing

private let key: (UInt64, UInt64) = (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)

@Suite("Fills")
struct FillTests {
  private func filled(
    _ fill: Fill, _ type: ElementType, _ shape: Shape, grid: ElementType? = nil
  ) throws -> Tensor {
    try fill.tensor(type: type, shape: shape, key: key, grid: grid)
  }

  // The literals were computed from the definition of the stream by an independent program.
  @Test("Random fills reproduce reference values")
  func references() throws {
    #expect(try filled(.normal(sigma: 1, shift: 0), .f64, [3]).doubles == FillReference.normal)
    #expect(try filled(.uniform(low: -1, high: 1), .f64, [3]).doubles == FillReference.uniform)
    #expect(
      try filled(.integers(low: -100, high: 100), .i32, [5]).integers == FillReference.integers)
    #expect(try filled(.permutation, .i64, [8]).integers == FillReference.permutation)
  }

  @Test("A narrower type gets the same value, rounded once")
  func rounding() throws {
    let wide = try #require(try filled(.normal(sigma: 3, shift: 1), .f64, [64]).doubles)
    let narrow = try #require(try filled(.normal(sigma: 3, shift: 1), .f32, [64]).doubles)
    #expect(narrow == wide.map { Double(Float($0)) })
  }

  @Test(
    "linear and linear2 are injective up to the number of values",
    arguments: [
      (ElementType.f32, 5000), (.f16, 4096), (.bf16, 512), (.i8, 256), (.u16, 65536), (.i64, 5000),
      (.e4m3fn, 253), (.u4, 16), (.i2, 4), (.e2m1, 15), (.f64, 5000), (.string, 5000),
    ])
  func injective(_ type: ElementType, _ count: Int) throws {
    for fill in [Fill.linear, .linear2] {
      let tensor = try filled(fill, type, [count])
      if type == .string {
        #expect(Set(tensor.strings).count == count)
      } else {
        #expect(Set(tensor.codes).count == count)
      }
    }
  }

  @Test("linear and linear2 differ")
  func twoMaps() throws {
    for type in [ElementType.f32, .i8, .e5m2, .bool, .string] {
      #expect(try filled(.linear, type, [16]) != filled(.linear2, type, [16]))
    }
  }

  @Test("linear starts with the index itself")
  func linearValues() throws {
    #expect(try filled(.linear, .f32, [2, 2]).doubles == [0, 1, 2, 3])
    #expect(try filled(.linear, .i64, [3]).integers == [0, 1, 2])
    #expect(try filled(.linear, .string, [2]).strings == ["0", "1"])
  }

  @Test("A grid makes the values exact in the narrower type", arguments: [ElementType.f16, .bf16])
  func grid(_ narrow: ElementType) throws {
    let wide = try #require(
      try filled(.normal(sigma: 2, shift: 0), .f32, [256], grid: narrow).doubles)
    let again = try #require(Tensor(type: narrow, shape: [256], rounding: wide)?.doubles)
    #expect(wide == again)
    let free = try #require(try filled(.normal(sigma: 2, shift: 0), .f32, [256]).doubles)
    #expect(free != wide)
  }

  @Test("exact gives multiples of the scale within the magnitude")
  func exact() throws {
    let values = try #require(try filled(.exact(magnitude: 3, scale: 0.25), .f16, [200]).doubles)
    #expect(Set(values) == [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75])
    let unsigned = try #require(try filled(.exact(magnitude: 2, scale: 1), .u8, [200]).integers)
    #expect(Set(unsigned) == [0, 1, 2])
  }

  @Test("Integers are cut to the range of the type, and refused when nothing is left")
  func integerRange() throws {
    let cut = try #require(try filled(.integers(low: -8, high: 8), .u8, [400]).integers)
    #expect(Set(cut) == Set((0...8).map { Int128($0) }))
    #expect(throws: FillError.self) { try filled(.integers(low: 300, high: 400), .u8, [2]) }
  }

  @Test("Finite values stop at the largest value of the type")
  func saturation() throws {
    let values = try #require(try filled(.normal(sigma: 0, shift: 1e6), .f16, [4]).doubles)
    #expect(values == [65504, 65504, 65504, 65504])
  }

  @Test("every-code shows each code once", arguments: [ElementType.f16, .e4m3fn, .i8, .u4, .bool])
  func everyCode(_ type: ElementType) throws {
    let count = try #require(Fill.everyCode.naturalCount(type: type))
    let codes = try filled(.everyCode, type, [count]).codes
    #expect(Set(codes).count == count)
    #expect(count == (type == .bool ? 2 : 1 << type.bitWidth))
  }

  @Test("every-code is refused for types of more than 16 bits")
  func everyCodeTooWide() {
    #expect(throws: FillError.wrongType(fill: "every-code", type: .f32)) {
      try filled(.everyCode, .f32, [4])
    }
  }

  @Test("binades reach both ends of the range with both signs")
  func binades() throws {
    let count = try #require(Fill.binades(per: 2).naturalCount(type: .f32))
    #expect(count == 2 * 2 * (127 + 149 + 1))
    let values = try #require(try filled(.binades(per: 2), .f32, [count]).doubles)
    #expect(values.max() == Double(Float.greatestFiniteMagnitude))
    #expect(values.min() == -Double(Float.greatestFiniteMagnitude))
    #expect(values.contains(0x1p-149) && values.contains(-0x1p-149))
    #expect(values.allSatisfy { $0.isFinite })
    // Fewer elements still span the range.
    let few = try #require(try filled(.binades(per: 4), .f32, [64]).doubles)
    #expect(few.contains { $0.magnitude > 0x1p100 } && few.contains { $0.magnitude < 0x1p-100 })
  }

  @Test("halfway gives a tie of the target with a step below and above")
  func halfway() throws {
    let values = try #require(try filled(.halfway(to: .f16), .f32, [192]).doubles)
    // The overflow threshold of f16 comes first.
    #expect(values[1].magnitude == 65520)
    #expect(values[0].magnitude == 65520 - 0x1p-8 && values[2].magnitude == 65520 + 0x1p-8)
    #expect(values[4].magnitude == 0x1p-25)
    for tie in stride(from: 4, to: 190, by: 3) {
      let below = Double(Float16(values[tie - 1]))
      let above = Double(Float16(values[tie + 1]))
      #expect(below != above)
      #expect((below + above) / 2 == values[tie])
    }
  }

  @Test("halfway of an integer type gives halves and the limits")
  func halfwayIntegers() throws {
    let values = try #require(try filled(.halfway(to: .i8), .f32, [192]).doubles)
    let ties = stride(from: 1, to: 192, by: 3).map { values[$0] }
    #expect(ties.allSatisfy { $0.magnitude.truncatingRemainder(dividingBy: 1) == 0.5 })
    #expect(ties.map(\.magnitude).contains(127.5) && ties.map(\.magnitude).contains(128.5))
  }

  @Test("halfway is refused when the tensor's type cannot hold the ties")
  func halfwayTooNarrow() {
    #expect(throws: FillError.self) { try filled(.halfway(to: .f32), .f16, [3]) }
  }

  @Test("specials contain NaN, both infinities, both zeros and the subnormal limit")
  func specials() throws {
    let count = try #require(Fill.specials.naturalCount(type: .f32))
    let values = try #require(try filled(.specials, .f32, [count]).doubles)
    #expect(count == 13)
    #expect(
      values.contains { $0.isNaN } && values.contains(.infinity) && values.contains(-.infinity))
    #expect(values.contains { $0 == 0 && $0.sign == .minus })
    #expect(values.contains(0x1p-149) && values.contains(-0x1p-126))
    #expect(try filled(.specials, .i8, [5]).integers == [-128, 127, 0, 1, -1])
  }

  @Test(
    "Only finite codes are drawn", arguments: [ElementType.f16, .e5m2, .e4m3fnuz, .bf16, .e2m1])
  func finiteCodes(_ type: ElementType) throws {
    let values = try #require(try filled(.codes, type, [2000]).doubles)
    #expect(values.allSatisfy { $0.isFinite })
    #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
  }

  @Test("Rows: permutation, sorting, peaks and the dominant value stay within a row")
  func rows() throws {
    let permutation = try #require(try filled(.permutation, .i32, [3, 5]).integers)
    for row in 0..<3 { #expect(Set(permutation[row * 5..<row * 5 + 5]) == [0, 1, 2, 3, 4]) }
    let sorted = try #require(
      try filled(.sorted(descending: true, sigma: 1), .f32, [2, 9]).doubles)
    for row in 0..<2 {
      let part = Array(sorted[row * 9..<row * 9 + 9])
      #expect(part == part.sorted(by: >))
    }
    let dominant = try #require(
      try filled(.dominant(factor: 4096, at: .last), .f32, [2, 7]).doubles)
    #expect(dominant[6] == 4096 && dominant[13] == 4096)
    #expect(dominant.filter { $0 == 4096 }.count == 2)
  }

  @Test("Cancelling pairs sum to far less than their terms")
  func cancelling() throws {
    let values = try #require(
      try filled(.cancelling(sigma: 1, small: 0x1p-10), .f32, [100]).doubles)
    for pair in 0..<50 { #expect((values[2 * pair] + values[2 * pair + 1]).magnitude < 0x1p-7) }
    #expect(values.contains { $0.magnitude > 0.5 })
  }

  @Test("wide spans the exponents asked for")
  func wide() throws {
    let values = try #require(try filled(.wide(low: -20, high: 20), .f32, [500]).doubles)
    #expect(values.allSatisfy { $0.magnitude >= 0x1p-20 && $0.magnitude <= 0x1p21 })
    #expect(values.contains { $0.magnitude < 0x1p-15 } && values.contains { $0.magnitude > 0x1p15 })
  }

  @Test("distinct keeps its gap, ties repeat few levels")
  func gaps() throws {
    let values = try #require(try filled(.distinct(gap: 4), .f32, [33]).doubles).sorted()
    #expect(zip(values, values.dropFirst()).allSatisfy { $1 - $0 == 4 })
    #expect(Set(try filled(.ties(levels: 3), .f32, [100]).codes).count == 3)
  }

  @Test("Words contain empty strings and text outside ASCII")
  func words() throws {
    let strings = try filled(.words, .string, [200]).strings
    #expect(strings.contains(""))
    #expect(strings.contains { !$0.utf8.allSatisfy { $0 < 128 } })
    #expect(throws: FillError.wrongType(fill: "a fill of strings", type: .f32)) {
      try filled(.words, .f32, [2])
    }
  }

  @Test("Complex tensors take two numbers per element")
  func complex() throws {
    let tensor = try filled(.linear, .c64, [2])
    #expect(tensor.bytes == [0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40])
  }

  @Test("An empty tensor is filled by everything")
  func empty() throws {
    for fill in [Fill.normal(sigma: 1, shift: 0), .permutation, .specials, .codes, .linear] {
      #expect(try filled(fill, .f32, [3, 0]).count == 0)
    }
  }
}
