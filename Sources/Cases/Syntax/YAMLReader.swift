import CLibYAML

/// Builds the nodes of one YAML document from the events of libyaml.
///
/// Events rather than its documents: a document of libyaml is a second tree of all values.
final class YAMLReader {
  private typealias Member = Syntax.Member

  /// A node, and how many values it stands for.
  private struct Counted {
    let syntax: Syntax
    let values: Int
  }

  /// Values in one file, those of repeated aliases counted each time. Aliases of aliases can stand
  /// for more values than any memory holds; a file of the suite has less than a hundredth of these.
  private static let valueLimit = 200_000
  /// A file of the suite nests a tenth as deep.
  private static let depthLimit = 100

  /// The parser points to itself, so that it must not move.
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let event = UnsafeMutablePointer<yaml_event_t>.allocate(capacity: 1)
  private var anchors: [String: Counted] = [:]
  private var values = 0
  private var depth = 0

  /// `text` has to live as long as the reader.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    parser.initialize(to: yaml_parser_t())
    event.initialize(to: yaml_event_t())
    // Fails without memory only; the first event then fails as well.
    _ = yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_event_delete(event)
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
  }

  /// The only document; a text without one, or with another behind it, is an error.
  func document() throws(SyntaxFault) -> Syntax {
    try advance()
    try advance()
    guard event.pointee.type == YAML_DOCUMENT_START_EVENT else {
      throw SyntaxFault(1, "the file is empty")
    }
    try advance()
    let root = try node()
    try advance()
    try advance()
    guard event.pointee.type == YAML_STREAM_END_EVENT else {
      throw SyntaxFault(line, "a second document begins here", remedy: "delete the line ---")
    }
    return root
  }

  /// The line of the event, from 1.
  private var line: Int { Int(clamping: event.pointee.start_mark.line) + 1 }

  private func advance() throws(SyntaxFault) {
    yaml_event_delete(event)
    guard yaml_parser_parse(parser, event) == 1 else { throw fault() }
  }

  private func fault() -> SyntaxFault {
    guard let text = parser.pointee.problem else { return SyntaxFault(1, "not YAML: no memory") }
    let problem = String(cString: text)
    // The reader of bytes knows no lines.
    let isPlaced = [YAML_SCANNER_ERROR, YAML_PARSER_ERROR].contains(parser.pointee.error)
    let line = isPlaced ? Int(clamping: parser.pointee.problem_mark.line) + 1 : 1
    let remedy =
      problem.contains("mapping values") || problem.contains("expected ',' or '}'")
      ? "write parameters as {normal, sigma: 3} and quote texts with a colon" : nil
    return SyntaxFault(line, "not YAML: \(problem)", remedy: remedy)
  }
}

// MARK: - Nodes

extension YAMLReader {
  /// The node that begins with the event.
  private func node() throws(SyntaxFault) -> Syntax {
    try count(1)
    switch event.pointee.type {
    case YAML_SCALAR_EVENT: return scalar()
    case YAML_SEQUENCE_START_EVENT:
      return try anchored(event.pointee.data.sequence_start.anchor) {
        () throws(SyntaxFault) in .list(try self.elements())
      }
    case YAML_MAPPING_START_EVENT:
      return try anchored(event.pointee.data.mapping_start.anchor) {
        () throws(SyntaxFault) in .map(try self.members())
      }
    case YAML_ALIAS_EVENT: return try alias()
    default: throw SyntaxFault(line, "not YAML: a value is missing")
    }
  }

  private func scalar() -> Syntax {
    let scalar = event.pointee.data.scalar
    let text = String(
      decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
    let syntax = Syntax(
      .scalar(text, quoted: scalar.style != YAML_PLAIN_SCALAR_STYLE), line: line)
    if let anchor = Self.text(scalar.anchor) {
      anchors[anchor] = Counted(syntax: syntax, values: 1)
    }
    return syntax
  }

  /// A list or mapping, kept where it has an anchor.
  private func anchored(
    _ name: UnsafePointer<yaml_char_t>?,
    _ content: () throws(SyntaxFault) -> Syntax.Content
  ) throws(SyntaxFault) -> Syntax {
    let (anchor, start, before) = (Self.text(name), line, values)
    depth += 1
    guard depth <= Self.depthLimit else {
      throw SyntaxFault(start, "more than \(Self.depthLimit) nested lists and mappings")
    }
    let syntax = Syntax(try content(), line: start)
    depth -= 1
    if let anchor { anchors[anchor] = Counted(syntax: syntax, values: values - before + 1) }
    return syntax
  }

  private func elements() throws(SyntaxFault) -> [Syntax] {
    var elements: [Syntax] = []
    try advance()
    while event.pointee.type != YAML_SEQUENCE_END_EVENT {
      elements.append(try node())
      try advance()
    }
    return elements
  }

  private func members() throws(SyntaxFault) -> [Member] {
    var members: [Member] = []
    var keys = YAMLKeys()
    try advance()
    while event.pointee.type != YAML_MAPPING_END_EVENT {
      let key = try node()
      guard case .scalar(let text, _) = key.content else {
        throw SyntaxFault(key.line, "a key must be text")
      }
      guard keys.insert(text, after: members) else {
        throw SyntaxFault(key.line, "the key \"\(text)\" is written twice", remedy: "delete one")
      }
      try advance()
      members.append(Member(key: text, line: key.line, value: try node()))
      try advance()
    }
    return members
  }

  private func alias() throws(SyntaxFault) -> Syntax {
    guard let name = Self.text(event.pointee.data.alias.anchor), let known = anchors[name] else {
      throw SyntaxFault(line, "not YAML: found undefined alias")
    }
    try count(known.values - 1)
    return known.syntax
  }

  private func count(_ added: Int) throws(SyntaxFault) {
    values += added
    guard values <= Self.valueLimit else {
      throw SyntaxFault(
        line, "more than \(Self.valueLimit) values with aliases written out",
        remedy: "use fewer aliases")
    }
  }

  private static func text(_ bytes: UnsafePointer<yaml_char_t>?) -> String? {
    bytes.map { String(cString: $0) }
  }
}

/// Finds keys that a mapping has twice; a long one may hold as many as a file has room for.
private struct YAMLKeys {
  private static let shortLength = 16
  private var known: Set<String> = []

  /// False for a key of one of the members.
  mutating func insert(_ key: String, after members: [Syntax.Member]) -> Bool {
    guard members.count >= Self.shortLength else { return !members.contains { $0.key == key } }
    if known.isEmpty { known = Set(members.map(\.key)) }
    return known.insert(key).inserted
  }
}
