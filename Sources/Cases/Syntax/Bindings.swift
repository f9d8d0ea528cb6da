/// The values of a group's variables in one case.
struct Bindings: Sendable {
  private(set) var entries: [(name: String, value: Syntax)]
  /// Whether references to other names stay as they are, for a second pass; else they are errors.
  var keepsUnknown = false

  init(_ entries: [(name: String, value: Syntax)] = []) { self.entries = entries }

  subscript(name: String) -> Syntax? { entries.first { $0.name == name }?.value }

  /// The same variables inside of ONNX text, where types are spelled as ONNX spells them.
  var inONNXText: Bindings {
    var result = self
    result.entries = entries.map { name, value in
      guard let type = try? value.valueType() else { return (name, value) }
      return (name, Syntax(text: type.onnxText, line: value.line))
    }
    return result
  }

  mutating func bind(_ name: String, to value: Syntax) { entries.append((name, value)) }

  /// The node with every `$name` replaced.
  ///
  /// A scalar that is one reference becomes the variable's value, of whatever kind; inside a
  /// longer text it becomes the value's text. `$$` is a dollar sign.
  func resolve(_ syntax: Syntax) throws(SyntaxFault) -> Syntax {
    guard syntax.hasReference else { return syntax }
    switch syntax.content {
    case .scalar(let text, let quoted): return try resolve(text, quoted, syntax.line)
    case .list(let elements):
      var resolved: [Syntax] = []
      for element in elements { resolved.append(try resolve(element)) }
      return Syntax(.list(resolved), line: syntax.line)
    case .map(let members):
      var resolved: [Syntax.Member] = []
      for member in members {
        resolved.append(
          .init(key: member.key, line: member.line, value: try resolve(member.value)))
      }
      return Syntax(.map(resolved), line: syntax.line)
    }
  }

  private func resolve(
    _ text: String, _ quoted: Bool, _ line: Int
  ) throws(SyntaxFault) -> Syntax {
    if let name = Self.soleReference(text) {
      if isKept(name) { return Syntax(.scalar(text, quoted: quoted), line: line) }
      let value = try value(of: name, line)
      return Syntax(value.content, line: line)
    }
    var result = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        result += keepsUnknown ? "$$" : "$"
        rest = rest.dropFirst()
        continue
      }
      let name = rest.prefix(while: Self.isNameCharacter)
      guard !name.isEmpty else {
        throw SyntaxFault(line, "a dollar sign without a name", remedy: "write $$ for the sign")
      }
      if isKept(String(name)) {
        result += "$\(name)"
        rest = rest[name.endIndex...]
        continue
      }
      guard let inserted = try value(of: String(name), line).text else {
        throw SyntaxFault(line, "$\(name) is not a text and cannot stand inside one")
      }
      result += inserted
      rest = rest[name.endIndex...]
    }
    return Syntax(.scalar(result + rest, quoted: quoted), line: line)
  }

  private func isKept(_ name: String) -> Bool { keepsUnknown && self[name] == nil }

  private func value(of name: String, _ line: Int) throws(SyntaxFault) -> Syntax {
    if let value = self[name] { return value }
    throw .unknown("variable", name, at: line, known: entries.map(\.name))
  }

  /// The name when the text is `$name` and nothing else.
  static func soleReference(_ text: String) -> String? {
    guard text.utf8.first == UInt8(ascii: "$"), text.utf8.count > 1 else { return nil }
    let name = text.utf8.dropFirst()
    return name.allSatisfy(isNameByte) ? String(Substring(name)) : nil
  }

  static func isNameCharacter(_ character: Character) -> Bool {
    character.asciiValue.map(isNameByte) ?? false
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
