/// The keys of an input: `{type, shape, fill, …}`, `omitted`, or a list for a variadic input.
enum InputSyntax {
  static let keys = [
    "type", "shape", "fill", "values", "place", "sequence", "optional", "map", "same-as",
    "repeat",
  ]

  /// Refuses what can be refused before variables have values.
  static func check(_ syntax: Syntax) throws(SyntaxFault) {
    if let elements = syntax.elements {
      for element in elements { try check(element) }
      return
    }
    if let text = syntax.text {
      guard text == "omitted" || syntax.hasReference else {
        throw SyntaxFault(
          syntax.line, "an input must be {type, shape, fill …}, found \"\(text)\"",
          remedy: "write omitted to leave it out")
      }
      return
    }
    let members = try syntax.requireMembers("an input")
    try members.requireKeys(keys)
    if let fill = members["fill"] { try FillSyntax.check(fill) }
    if let sequence = members["sequence"], !sequence.hasReference { try check(sequence) }
    if let content = members["optional"], content.members != nil { try check(content) }
    let sources = ["fill", "values", "sequence", "optional", "map", "same-as"]
    let given = sources.filter { members[$0] != nil }
    guard given.count <= 1 else {
      throw SyntaxFault(
        syntax.line, "\(given.joined(separator: " and ")) exclude each other", remedy: "keep one")
    }
  }
}
