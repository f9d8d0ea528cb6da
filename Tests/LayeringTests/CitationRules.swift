/// Citations of the numerics document in texts: every section and label they name must exist.
struct CitationRules {
  /// A section, with a label inside it where the citation has one.
  struct Citation: Hashable {
    let section: String
    let label: String?
  }

  /// Labels (`S1`, `a`) by section number (`6.11`).
  let sections: [String: Set<String>]

  /// Reads headings such as `### 6.4 D: …` and list entries such as `- **S1** …` or `- **a. …`.
  init(document lines: [some StringProtocol]) {
    var sections: [String: Set<String>] = [:]
    var current = ""
    for line in lines {
      if line.hasPrefix("#"), let number = Self.number(at: line.drop { $0 == "#" || $0 == " " }) {
        current = number
        sections[current] = sections[current] ?? []
      } else if line.hasPrefix("- **") {
        let label = line.dropFirst(4).prefix { $0.isLetter || $0.isNumber }
        sections[current, default: []].insert(String(label))
      }
    }
    self.sections = sections
  }

  /// One text per citation that leads nowhere.
  func violations(path: String, lines: [some StringProtocol]) -> [String] {
    lines.enumerated().flatMap { position, line in
      Self.citations(in: String(line)).compactMap { citation in
        guard let labels = sections[citation.section] else {
          return "\(path):\(position + 1): numerics §\(citation.section) does not exist"
        }
        guard let label = citation.label, !labels.contains(label) else { return nil }
        return "\(path):\(position + 1): numerics §\(citation.section) has no \(label)"
      }
    }
  }

  /// Every § behind the word, up to the closing parenthesis; of a range `§6.3–6.6` both ends.
  static func citations(in line: String) -> [Citation] {
    guard let word = line.firstRange(of: "numerics") else { return [] }
    var rest = line[word.upperBound...].prefix { $0 != ")" }
    var found: [Citation] = []
    while let sign = rest.firstIndex(of: "§") {
      rest = rest[rest.index(after: sign)...]
      guard let first = number(at: rest) else { continue }
      rest = rest.dropFirst(first.count)
      found.append(Citation(section: first, label: label(at: rest)))
      if rest.first == "–", let last = number(at: rest.dropFirst()) {
        found.append(Citation(section: last, label: nil))
      }
    }
    return found
  }

  /// `6.4` of a text that starts with it; nil without digits.
  private static func number(at text: some StringProtocol) -> String? {
    let parts = text.prefix { $0.isNumber || $0 == "." }.split(separator: ".")
    return parts.isEmpty ? nil : parts.joined(separator: ".")
  }

  /// `S4` or a single lower-case letter behind one blank.
  private static func label(at text: some StringProtocol) -> String? {
    guard text.first == " " else { return nil }
    let word = text.dropFirst().prefix { $0.isLetter || $0.isNumber }
    let isSpecial = word.first == "S" && word.count > 1 && word.dropFirst().allSatisfy(\.isNumber)
    let isLetter = word.count == 1 && word.allSatisfy(\.isLowercase)
    return isSpecial || isLetter ? String(word) : nil
  }
}
