import Spec
import Tensors
import Testing

@testable import Verification

@Suite("Class X (numerics §6.1)")
struct ExactTests {
  @Test("Integers match code by code, extremes included")
  func integerCodes() throws {
    let expected = try integers(.i64, [Int128(Int64.min), -1, Int128(Int64.max)])
    #expect(judge(expected, .exact(expected)).verdict == .pass)
    // Through float64 the largest value would come back one too large and wrap.
    let wrapped = try integers(.i64, [Int128(Int64.min), -1, Int128(Int64.min)])
    let judgement = judge(wrapped, .exact(expected))
    #expect(judgement.verdict == .fail(.valueExact))
    #expect(judgement.worst?.index == [2])
    #expect(judgement.worst?.golden == "9223372036854775807")
    #expect(judgement.worst?.bound == "exactly")
    #expect(judgement.worst?.ratio == .infinity)
  }

  @Test("Packed four-bit codes are compared without their padding")
  func packed() throws {
    let expected = try integers(.i4, [-8, 7, 3])
    // Three nibbles take two bytes; the upper half of the last byte is padding.
    var bytes = expected.bytes
    bytes[1] |= 0xF0
    let padded = try #require(Tensor(type: .i4, shape: [3], bytes: bytes))
    #expect(judge(padded, .exact(expected)).verdict == .pass)
    #expect(
      judge(try integers(.i4, [-8, 7, 2]), .exact(expected)).verdict == .fail(.valueExact))
  }

  @Test("Strings match byte for byte, not by canonical equivalence")
  func strings() throws {
    let composed = try #require(Tensor(shape: [2], strings: ["a", "\u{E9}"]))
    let decomposed = try #require(Tensor(shape: [2], strings: ["a", "e\u{301}"]))
    #expect(judge(composed, .exact(composed)).verdict == .pass)
    #expect(judge(decomposed, .exact(composed)).verdict == .fail(.valueExact))
  }

  @Test("A bool is true for any non-zero byte")
  func bools() throws {
    let expected = try #require(Tensor(type: .bool, shape: [2], bytes: [1, 0]))
    let loud = try #require(Tensor(type: .bool, shape: [2], bytes: [255, 0]))
    #expect(judge(loud, .exact(expected)).verdict == .pass)
    let wrong = try #require(Tensor(type: .bool, shape: [2], bytes: [1, 1]))
    #expect(judge(wrong, .exact(expected)).verdict == .fail(.valueExact))
  }

  @Test("Any NaN matches NaN; a lost NaN and a lost infinity are of the wrong class")
  func notANumber() throws {
    let expected = try #require(Tensor(type: .f32, shape: [1], codes: [0x7FC0_0000]))
    let payload = try #require(Tensor(type: .f32, shape: [1], codes: [0xFFA0_0001]))
    #expect(judge(payload, .exact(expected)).verdict == .pass)
    #expect(try verdict([0], .exact(expected)) == .fail(.valueClass))
    let infinity = try tensor(.f32, [.infinity])
    #expect(try verdict([.infinity], .exact(infinity)) == .pass)
    #expect(try verdict([-.infinity], .exact(infinity)) == .fail(.valueClass))
    #expect(try verdict([.nan], .exact(infinity)) == .fail(.valueClass))
    #expect(try verdict([1], .exact(try tensor(.f32, [2]))) == .fail(.valueExact))
  }

  @Test("The sign of zero counts where the golden says so (S2)")
  func signedZero() throws {
    let expected = GoldenColumns.exact(try tensor(.f32, [-0.0]))
    #expect(try verdict([0], expected) == .pass)
    #expect(try verdict([0], expected, signedZero: true) == .fail(.valueClass))
    #expect(try verdict([-0.0], expected, signedZero: true) == .pass)
  }

  @Test("Each element may follow any of several tensors")
  func oneOf() throws {
    let choices = GoldenColumns.oneOf([try integers(.i32, [1, 2]), try integers(.i32, [3, 4])])
    #expect(judge(try integers(.i32, [1, 4]), choices).verdict == .pass)
    let wrong = judge(try integers(.i32, [1, 3]), choices)
    #expect(wrong.verdict == .fail(.valueExact))
    #expect(wrong.worst?.golden == "2 or 4")
  }

  @Test("Elements the standard leaves open are not judged")
  func undefinedElements() throws {
    let expected = GoldenColumns.exact(try integers(.i32, [1, 2]))
    let observed = try integers(.i32, [1, 9])
    #expect(judge(observed, expected, undefined: [false, true]).verdict == .pass)
    #expect(judge(observed, expected, undefined: [true, false]).verdict == .fail(.valueExact))
  }

  @Test("Complex numbers match in both parts")
  func complex() throws {
    func number(_ parts: [Float]) throws -> Tensor {
      let bytes = parts.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
      return try #require(Tensor(type: .c64, shape: [parts.count / 2], bytes: bytes))
    }
    let expected = GoldenColumns.exact(try number([1, -2, 3, .nan]))
    #expect(judge(try number([1, -2, 3, -.nan]), expected).verdict == .pass)
    #expect(judge(try number([1, 2, 3, .nan]), expected).verdict == .fail(.valueExact))
    #expect(judge(try number([1, -2, 3, 0]), expected).verdict == .fail(.valueClass))
  }
}
