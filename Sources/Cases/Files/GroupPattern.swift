/// Groups that the case files of many operators share, with parameters in place of what differs.
///
/// A file `patterns/<name>.yaml`. Where a case file lists `{pattern: <name>, with: {…}}` in place of
/// a group, the groups of the pattern stand there, with `$parameter` replaced by the file's value.
struct GroupPattern: Sendable {
  let name: String
  let path: String
  /// In the order written; the value is the default, nil where a file must give one. A default may
  /// name parameters above it.
  private let parameters: [(name: String, fallback: Syntax?)]
  private let groups: [Syntax]

  private static let keys = ["pattern", "about", "parameters", "groups"]
  private static let useKeys = ["pattern", "with", "without", "adjust"]

  init(path: String, yaml: String) throws(CaseFileError) {
    self.path = path
    do throws(SyntaxFault) {
      let members = try Syntax(yaml: yaml).requireMembers("a pattern")
      try members.requireKeys(Self.keys)
      guard let name = members["pattern"], let groups = members["groups"] else {
        throw SyntaxFault(1, "a pattern needs the keys pattern and groups")
      }
      self.name = try name.requireText("pattern")
      guard path.hasSuffix("/\(self.name).yaml") || path == "\(self.name).yaml" else {
        throw SyntaxFault(
          name.line, "the file of pattern \(self.name) has another name",
          remedy: "call it \(self.name).yaml")
      }
      parameters = try (members["parameters"]?.requireMembers("parameters") ?? []).map {
        ($0.key, $0.value.isWord("required") ? nil : $0.value)
      }
      self.groups = try groups.requireElements("groups")
      try requireOwnNames()
    } catch {
      throw CaseFileError(error, path: path)
    }
  }

  /// A variable of a group with the name of a parameter would be replaced before it varies.
  private func requireOwnNames() throws(SyntaxFault) {
    let names = Set(parameters.map(\.name))
    for group in groups {
      let rows = group.members?["rows"]?.elements ?? []
      for source in [group.members?["for"]].compactMap({ $0 }) + rows {
        guard let taken = source.members?.first(where: { names.contains($0.key) }) else { continue }
        throw SyntaxFault(
          taken.line, "\(taken.key) is a parameter and a variable of a group",
          remedy: "give one of them another name")
      }
    }
  }

  /// Whether an element of `groups` asks for a pattern.
  static func isUse(_ element: Syntax) -> Bool { element.members?["pattern"] != nil }

  /// The groups that stand for an element `{pattern: …, with: …, without: …, adjust: …}`.
  func groups(for use: [Syntax.Member], line: Int) throws(SyntaxFault) -> [Syntax] {
    try use.requireKeys(Self.useKeys)
    let bindings = try bindings(use["with"], line)
    let left = try use["without"].map { (list) throws(SyntaxFault) in try known(list) } ?? []
    let adjustments = try use["adjust"]?.requireMembers("adjust") ?? []
    for member in adjustments { try requireKnown(member.key, member.line) }
    var result: [Syntax] = []
    for group in groups {
      let name = group.members?["name"]?.text ?? ""
      if left.contains(name) { continue }
      let own = try adjustments[name]?.requireMembers("adjust") ?? []
      let adjusted = try Self.adjusted(try bindings.resolve(group), by: own)
      // A parameter says [] where the operator lacks the versions that the group is for.
      if adjusted.members?["versions"]?.elements?.isEmpty ?? false { continue }
      result.append(adjusted)
    }
    return result
  }

  private func bindings(_ given: Syntax?, _ line: Int) throws(SyntaxFault) -> Bindings {
    let values = try given?.requireMembers("with") ?? []
    try values.requireKeys(parameters.map(\.name))
    var bindings = Bindings()
    bindings.keepsUnknown = true
    for parameter in parameters {
      guard let value = values[parameter.name] ?? parameter.fallback else {
        throw SyntaxFault(
          given?.line ?? line, "the pattern \(name) needs a value for \(parameter.name)",
          remedy: "write with: {\(parameter.name): …}")
      }
      bindings.bind(parameter.name, to: try bindings.resolve(value))
    }
    return bindings
  }

  private func known(_ list: Syntax) throws(SyntaxFault) -> [String] {
    var names: [String] = []
    for element in try list.requireElements("without") {
      let name = try element.requireText("a group's name")
      try requireKnown(name, element.line)
      names.append(name)
    }
    return names
  }

  private func requireKnown(_ name: String, _ line: Int) throws(SyntaxFault) {
    let names = groups.compactMap { $0.members?["name"]?.text }
    guard names.contains(name) else {
      throw .unknown("group of pattern \(self.name)", name, at: line, known: names)
    }
  }

  /// The group with members replaced, and taken away where the new value is null.
  private static func adjusted(
    _ group: Syntax, by changes: [Syntax.Member]
  ) throws(SyntaxFault) -> Syntax {
    guard !changes.isEmpty, let members = group.members else { return group }
    if let name = changes.first(where: { $0.key == "name" }) {
      throw SyntaxFault(name.line, "the name of a pattern's group stays as it is")
    }
    let kept = members.filter { member in changes[member.key] == nil }
    return Syntax(.map(kept + changes.filter { !$0.value.isNull }), line: group.line)
  }
}
