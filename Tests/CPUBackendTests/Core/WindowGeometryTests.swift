import CPUBackend
import Testing

@Suite("Windows of convolution and pooling")
struct WindowGeometryTests {
  @Test("Explicit padding and dilation")
  func explicit() throws {
    let windows = try WindowGeometry(
      input: [7], kernel: [3], strides: [2], dilations: [2], padding: .explicit([1, 2]))
    // ⌊(7 + 3 - 5) / 2⌋ + 1
    #expect(windows.output == [3])
    #expect(windows.source(axis: 0, window: 0, tap: 0) == nil)
    #expect(windows.source(axis: 0, window: 0, tap: 1) == 1)
    #expect(windows.source(axis: 0, window: 2, tap: 2) == nil)
  }

  @Test("SAME puts the odd padding at the end or at the beginning")
  func same() throws {
    let upper = try WindowGeometry(input: [5], kernel: [4], padding: .sameUpper)
    #expect(upper.output == [5] && upper.begins == [1] && upper.ends == [2])
    let lower = try WindowGeometry(input: [5], kernel: [4], padding: .sameLower)
    #expect(lower.begins == [2] && lower.ends == [1])
  }

  @Test("Ceiling adds a window, but none that starts in the padding behind")
  func ceiling() throws {
    let more = try WindowGeometry(
      input: [4], kernel: [3], strides: [2], padding: .valid, ceil: true)
    #expect(more.output == [2])
    let capped = try WindowGeometry(
      input: [2], kernel: [1], strides: [2], padding: .explicit([0, 1]), ceil: true)
    #expect(capped.output == [1])
  }

  @Test("A window larger than the padded input is refused")
  func tooLarge() {
    expectError(.invalidInput) { _ = try WindowGeometry(input: [2], kernel: [3]) }
    expectError(.invalidModel) {
      _ = try WindowGeometry(input: [2], kernel: [1], strides: [0])
    }
  }
}
