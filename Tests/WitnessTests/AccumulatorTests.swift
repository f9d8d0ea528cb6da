import CPUBackend
import Testing

@testable import Witnesses

@Suite("Steps of an accumulation")
struct AccumulatorTests {
  @Test("Rounding to 11 bits is that of binary16 inside its range")
  func elevenBits() {
    for code in stride(from: Float(1), to: 2, by: 0x1p-14) {
      #expect(code.rounded(toBits: 11) == Float(Float16(code)))
      #expect((-code * 8).rounded(toBits: 11) == Float(Float16(-code * 8)))
    }
  }

  @Test("Ties go to even and larger remainders up")
  func ties() {
    #expect(Float(1 + 0x1p-11).rounded(toBits: 11) == 1)
    #expect(Float(1 + 0x3p-11).rounded(toBits: 11) == 1 + 0x4p-11)
    #expect(Float(1 + 0x1p-11 + 0x1p-20).rounded(toBits: 11) == 1 + 0x1p-10)
    #expect(Float.infinity.rounded(toBits: 8) == .infinity)
    #expect(Float.nan.rounded(toBits: 8).isNaN)
  }

  @Test("Truncating steps never round away from zero", arguments: [false, true])
  func truncation(_ fuses: Bool) {
    let step = Accumulator(fuses: fuses, rounding: .towardZero)
    #expect(step.adding(Float(0x3p-26), to: 1) == 1)
    #expect(step.adding(Float(-0x1p-30), to: 1) == Float(1).nextDown)
    #expect(step.adding(Float(0x1p-30), to: -1) == Float(-1).nextUp)
    #expect(step.adding(Float(0.5), to: 0.25) == 0.75)
    let factor: Float = 1 + 0x1p-23
    // The square is 1 + 2^-22 + 2^-46.
    #expect(step.addingProduct(factor, factor, to: 0) == 1 + 0x1p-22)
    #expect(step.addingProduct(-factor, factor, to: 0) == -1 - 0x1p-22)
  }

  @Test("A binary16 accumulator absorbs what is below half its step")
  func half() {
    let step = Accumulator(fuses: true, rounding: .half)
    #expect(step.adding(Float(1), to: 2048) == 2048)
    #expect(step.addingProduct(Float(3), Float(1), to: 2048) == 2052)
    #expect(step.adding(Float(40000), to: 40000) == .infinity)
  }

  @Test("Three pieces of eight bits are the number")
  func pieces() {
    let values: [Float] = [1 / 3, -0x1.fffffep3, 0x1.000002p0, 0, 12345.678]
    let pieces = ThreePieces(values)
    for index in values.indices {
      #expect(pieces.first[index].rounded(toBits: 8) == pieces.first[index])
      #expect(pieces.first[index] + (pieces.second[index] + pieces.third[index]) == values[index])
    }
  }
}
