import Reports
import Testing

@Suite("Progress line")
struct ProgressLineTests {
  private static let second: Int64 = 1_000_000_000
  private static let state = Progress(judged: 4812, failed: 23, crashed: 2)

  @Test("A terminal's line is rewritten in place")
  func terminal() throws {
    var line = ProgressLine(total: 7541, isTerminal: true, width: 120)
    let update = line.update(Self.state, elapsed: 127 * Self.second)
    let text = try #require(update)
    #expect(
      text
        == "\r [############........]  4,812 / 7,541   23 failed   2 crashed   1 min 13 s left\u{1B}[K"
    )
    #expect(line.update(Self.state, elapsed: 127 * Self.second + 1) == nil)
    #expect(line.update(Self.state, elapsed: 127 * Self.second + 100_000_000) != nil)
    #expect(line.finish() == "\r\u{1B}[K")
  }

  @Test("Elsewhere a line comes at most every ten seconds and holds no control bytes")
  func plain() {
    var line = ProgressLine(total: 100, isTerminal: false)
    var written: [Int64] = []
    for tenth in 0..<400 {
      let elapsed = Int64(tenth) * Self.second / 10
      guard let text = line.update(Progress(judged: tenth / 4), elapsed: elapsed) else { continue }
      written.append(elapsed / Self.second)
      #expect(text.hasSuffix("\n"))
      #expect(!text.dropLast().unicodeScalars.contains { $0.value < 0x20 })
    }
    #expect(written == [10, 20, 30])
    #expect(line.finish() == "")
  }

  @Test("A narrow terminal never wraps")
  func narrow() throws {
    var line = ProgressLine(total: 7541, isTerminal: true, width: 40)
    let update = line.update(Self.state, elapsed: 60 * Self.second)
    let text = try #require(update)
    #expect(text.dropFirst().prefix { $0 != "\u{1B}" }.count < 40)
  }

  @Test("Nothing planned, nothing judged and absurd counts are harmless")
  func extremes() {
    var empty = ProgressLine(total: 0, isTerminal: true)
    #expect(empty.update(Progress(), elapsed: 0)?.contains("0 / 0") == true)
    var over = ProgressLine(total: 3, isTerminal: true)
    #expect(over.update(Progress(judged: 9), elapsed: .max)?.contains("3 / 3") == true)
  }
}
