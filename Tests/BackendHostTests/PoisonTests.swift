import Tensors
import Testing

@testable import BackendHost

@Suite("Poison")
struct PoisonTests {
  private func filled(_ type: ElementType, _ count: Int, second: Bool = false) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    bytes.withUnsafeMutableBytes { Poison(type: type, second: second).fill($0) }
    return bytes
  }

  @Test("The variants of a pattern differ in every byte", arguments: ElementType.allCases)
  func variants(_ type: ElementType) {
    let (first, second) = (filled(type, 1003), filled(type, 1003, second: true))
    #expect(zip(first, second).allSatisfy { $0 != $1 })
  }

  @Test(
    "Every element of a floating-point pattern is NaN",
    arguments: [ElementType.f32, .f16, .bf16, .f64, .e4m3fn, .e5m2])
  func isNaN(_ type: ElementType) throws {
    for second in [false, true] {
      let bytes = filled(type, 512, second: second)
      let tensor = try #require(
        Tensor(type: type, shape: [512 * 8 / type.bitWidth], bytes: bytes))
      #expect(tensor.doubles?.allSatisfy(\.isNaN) == true)
    }
  }

  @Test("No byte of a bool pattern is 0 or 1")
  func bool() {
    #expect(filled(.bool, 4096).allSatisfy { $0 > 1 })
  }

  @Test(
    "A single element left alone is found wherever it is",
    arguments: [ElementType.f32, .f64, .c128, .i16, .bool], [0, 3, 16, 18])
  func remains(_ type: ElementType, _ element: Int) {
    let width = max(1, type.bitWidth / 8)
    let poison = Poison(type: type, second: false)
    var bytes = [UInt8](repeating: 0, count: 19 * width)
    #expect(!bytes.withUnsafeBytes { poison.remains(in: $0) })
    let place = element * width..<(element + 1) * width
    bytes.replaceSubrange(place, with: filled(type, bytes.count)[place])
    #expect(bytes.withUnsafeBytes { poison.remains(in: $0) })
  }

  @Test("Only bytes that hold both variants count as unwritten")
  func counting() {
    var (first, second) = (filled(.u8, 100), filled(.u8, 100, second: true))
    // Written with a value that happens to be the pattern of the first execution.
    second[10] = first[10]
    // Written in both executions.
    first[20] = 1
    second[20] = 1
    let count = first.withUnsafeBytes { one in
      second.withUnsafeBytes { two in
        Poison(type: .u8, second: false)
          .count(in: one, and: Poison(type: .u8, second: true), in: two)
      }
    }
    #expect(count == 98)
  }
}
