/// A node of a YAML document with the line it starts at.
///
/// Scalars keep their text; what a text means is decided where it is used.
struct Syntax: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    /// Text, and whether it was written in quotes or as a block.
    case scalar(String, quoted: Bool)
    case list([Syntax])
    case map([Member])
  }

  struct Member: Hashable, Sendable {
    let key: String
    let line: Int
    let value: Syntax
  }

  let content: Content
  let line: Int
  /// Whether a variable is named somewhere inside.
  let hasReference: Bool

  init(_ content: Content, line: Int) {
    (self.content, self.line) = (content, line)
    hasReference =
      switch content {
      case .scalar(let text, _): text.utf8.contains(UInt8(ascii: "$"))
      case .list(let elements): elements.contains { $0.hasReference }
      case .map(let members): members.contains { $0.value.hasReference }
      }
  }

  init(text: String, line: Int) { self.init(.scalar(text, quoted: false), line: line) }
}

extension Syntax {
  /// The text of a scalar, else nil.
  var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  var elements: [Syntax]? {
    if case .list(let elements) = content { elements } else { nil }
  }

  var members: [Member]? {
    if case .map(let members) = content { members } else { nil }
  }

  /// An unquoted `null`, `~` or nothing at all.
  var isNull: Bool {
    guard case .scalar(let text, let quoted) = content, !quoted else { return false }
    return text.isEmpty || text == "~" || text == "null"
  }

  /// Whether this is the unquoted word.
  func isWord(_ word: String) -> Bool {
    if case .scalar(word, quoted: false) = content { true } else { false }
  }

  func requireText(_ what: String) throws(SyntaxFault) -> String {
    guard let text, !text.isEmpty else { throw SyntaxFault(line, "\(what) must be text") }
    return text
  }

  func requireMembers(_ what: String) throws(SyntaxFault) -> [Member] {
    guard let members else { throw SyntaxFault(line, "\(what) must be a mapping (key: value)") }
    return members
  }

  func requireElements(_ what: String) throws(SyntaxFault) -> [Syntax] {
    guard let elements else { throw SyntaxFault(line, "\(what) must be a list") }
    return elements
  }

  /// An integer; `max` and `min` are the ends of 64 bits.
  func requireInteger(_ what: String) throws(SyntaxFault) -> Int64 {
    switch text {
    case "max"?: return .max
    case "min"?: return .min
    case let text?:
      if let value = Int64(text) { return value }
      fallthrough
    default:
      throw SyntaxFault(line, "\(what) must be an integer, found \(summary)")
    }
  }

  func requireInt(_ what: String) throws(SyntaxFault) -> Int {
    Int(try requireInteger(what))
  }

  /// A finite number in decimal or hexadecimal (`0x1p-3`).
  func requireNumber(_ what: String) throws(SyntaxFault) -> Double {
    guard let text, let value = Double(text), value.isFinite else {
      throw SyntaxFault(line, "\(what) must be a number, found \(summary)")
    }
    return value
  }

  /// How the node reads in a message.
  var summary: String {
    switch content {
    case .scalar(let text, _): "\"\(text)\""
    case .list: "a list"
    case .map: "a mapping"
    }
  }
}

extension [Syntax.Member] {
  subscript(key: String) -> Syntax? { first { $0.key == key }?.value }

  /// Refuses keys that mean nothing.
  func requireKeys(_ known: [String]) throws(SyntaxFault) {
    for member in self where !known.contains(member.key) {
      throw .unknown("key", member.key, at: member.line, known: known)
    }
  }
}
