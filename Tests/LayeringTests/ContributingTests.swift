import Testing

/// The walk through adding an operator shows real files and real commands.
@Suite("The walk in CONTRIBUTING.md")
struct ContributingTests {
  private static let path = "CONTRIBUTING.md"

  /// The lines of the chapter on adding an operator.
  private func chapter() throws -> [String] {
    let lines = try SourceTree.lines(of: Self.path).map { String($0) }
    let start = try #require(lines.firstIndex(of: "## Adding an operator"))
    return Array(lines[(start + 1)...].prefix { !$0.hasPrefix("## ") })
  }

  /// Code blocks by the file that the paragraph before them names.
  private func blocks() throws -> [(file: String, lines: [String])] {
    var blocks: [(file: String, lines: [String])] = []
    var (file, isInside) = ("", false)
    for line in try chapter() {
      if line.hasPrefix("```") {
        isInside.toggle()
        if isInside { blocks.append((file, [])) }
      } else if isInside {
        blocks[blocks.count - 1].lines.append(line)
      } else if line.hasPrefix("**"), let named = line.split(separator: "`").dropFirst().first {
        file = String(named)
      }
    }
    return blocks
  }

  @Test("Each of the three files is shown as it is, up to where the text leaves off")
  func files() throws {
    let shown = try blocks().filter {
      $0.file.hasSuffix("Tanh.yaml") || $0.file.hasSuffix(".swift")
    }
    #expect(Set(shown.map(\.file)).count == 3)
    var lines = 0
    for block in shown where block.lines.first?.hasPrefix("scripts/") == false {
      let real = try SourceTree.lines(of: block.file).map { String($0) }
      var place = real.startIndex
      for line in block.lines where !line.contains("…") && !line.isEmpty {
        let found = real[place...].firstIndex(of: line)
        place = try #require(found, "\(block.file) does not go on with: \(line)") + 1
        lines += 1
      }
    }
    #expect(lines > 30)
  }

  @Test("Every command of the walk exists")
  func commands() throws {
    let commands = try blocks().flatMap(\.lines).filter { $0.hasPrefix("scripts/") }
    #expect(commands.count >= 3)
    for command in commands {
      let script = String(command.prefix { $0 != " " })
      #expect(SourceTree.exists(script), "\(script)")
    }
    #expect(!SourceTree.exists("scripts/invented"))
  }
}
