import Spec

/// A parsed and checked case file: one operator, or one model, with all its groups.
struct CaseFile: Sendable {
  let path: String
  /// The operator's name, or the model's.
  let operatorName: String
  /// Empty for `ai.onnx`.
  let domain: String
  /// The versions the file covers, ascending.
  let schemas: [OperatorSchema]
  /// Versions that no operator set from 9 on has, ascending; groups have to name them.
  let earlierSchemas: [OperatorSchema]
  let accuracyClass: AccuracyClass
  let constraints: [Constraint]
  private(set) var groups: [GroupDefinition]
  /// Graphs and weights of a model; nil for an operator.
  let model: ModelDefinition?
  /// The tier that the groups were limited to; nil when they are all there.
  let tier: Tier?
  /// Where the groups stand; see `FileOutline.elements`.
  private(set) var elements: [FileOutline.Element]

  static let keys = [
    "operator", "domain", "versions", "accuracy", "constraints", "behaviour", "groups",
  ]

  /// `patterns`: those that groups may be taken from; `graphs`: those beside the file of a model;
  /// `tier`: only groups of a run of this tier are kept, and what needs all of them is not checked.
  init(
    path: String, yaml: String, standard: Standard, patterns: [GroupPattern] = [],
    graphs: [ModelDefinition.GraphText] = [], tier: Tier? = nil
  ) throws(CaseFileError) {
    self.tier = tier
    elements = []
    let definitions: Syntax?
    do throws(SyntaxFault) {
      let members = try Syntax(yaml: yaml).requireMembers("a case file")
      let isModel = members["model"] != nil
      try members.requireKeys(isModel ? ModelDefinition.keys : Self.keys)
      self.path = path
      operatorName = try Self.name(members, isModel ? "model" : "operator", path)
      if isModel {
        let model = try ModelDefinition(members, name: operatorName, graphs: graphs)
        self.model = model
        domain = OperatorSchema.modelDomain
        schemas = try Self.schemas(members, of: model)
        earlierSchemas = []
        accuracyClass = .model
      } else {
        model = nil
        domain = Standard.canonical(try members["domain"]?.requireText("domain") ?? "")
        let schemas = try Self.schemas(members, operatorName, domain, standard)
        self.schemas = schemas
        earlierSchemas = Self.earlier(of: operatorName, domain, standard).filter {
          !schemas.contains($0)
        }
        guard let accuracy = members["accuracy"] else {
          throw SyntaxFault(1, "accuracy is missing", remedy: "write accuracy: {class: …}")
        }
        accuracyClass = try Self.accuracyClass(accuracy)
      }
      constraints = try Constraint.parsed(
        members["constraints"], behaviour: members["behaviour"])
      definitions = members["groups"]
      groups = []
    } catch {
      throw CaseFileError(error, path: path)
    }
    try parseGroups(definitions, patterns)
    if tier == nil { try checkCoverage() }
    try checkNames()
  }

  private static func name(
    _ members: [Syntax.Member], _ key: String, _ path: String
  ) throws(SyntaxFault) -> String {
    guard let syntax = members[key] else { throw SyntaxFault(1, "\(key) is missing") }
    let name = try syntax.requireText(key)
    let file = path.split(separator: "/").last.map(String.init) ?? path
    guard file == name + ".yaml" else {
      throw SyntaxFault(
        syntax.line, "the file of \(key) \(name) has another name", remedy: "call it \(name).yaml")
    }
    return name
  }

  /// One entry for each operator set that the graphs of a model are written for.
  private static func schemas(
    _ members: [Syntax.Member], of model: ModelDefinition
  ) throws(SyntaxFault) -> [OperatorSchema] {
    guard let versions = members["versions"] else {
      throw SyntaxFault(
        1, "versions is missing", remedy: "list the operator sets of the graphs: versions: [23]")
    }
    var opsets: Set<Int> = []
    for version in try versions.requireElements("versions") {
      opsets.insert(try version.requireInt("an operator set"))
    }
    guard !opsets.isEmpty else {
      throw SyntaxFault(
        versions.line, "versions lists no operator set", remedy: "write e.g. versions: [23]")
    }
    return opsets.sorted().map {
      OperatorSchema(model: model.name, opset: $0, typeVariables: model.typeVariables)
    }
  }

  private static func schemas(
    _ members: [Syntax.Member], _ name: String, _ domain: String, _ standard: Standard
  ) throws(SyntaxFault) -> [OperatorSchema] {
    let all = standard.schemas(domain: domain, operator: name)
    guard !all.isEmpty else {
      let known = standard.operators.filter { $0.domain == domain }.map(\.name)
      throw .unknown("operator", name, at: members["operator"]?.line ?? 1, known: known)
    }
    guard let selection = members["versions"], !selection.isWord("all") else {
      return all.enumerated().filter { position, schema in
        let next = position + 1 < all.count ? all[position + 1].sinceVersion : Int.max
        return !schema.isDeprecated && (domain != "" || next > OpsetChoice.oldest)
      }.map(\.element)
    }
    let versions = try selection.versions(among: all.map(\.sinceVersion), of: name)
    return all.filter { versions.contains($0.sinceVersion) }
  }

  /// The versions of an operator of `ai.onnx` that a later one replaced up to operator set 9.
  private static func earlier(
    of name: String, _ domain: String, _ standard: Standard
  ) -> [OperatorSchema] {
    guard domain.isEmpty else { return [] }
    let all = standard.schemas(domain: domain, operator: name)
    return zip(all, all.dropFirst()).filter { _, next in
      next.sinceVersion <= OpsetChoice.oldest
    }.map(\.0)
  }

  static func accuracyClass(_ syntax: Syntax) throws(SyntaxFault) -> AccuracyClass {
    let members = try syntax.requireMembers("accuracy")
    guard let name = members["class"] else {
      throw SyntaxFault(syntax.line, "accuracy needs a class")
    }
    let text = try name.requireText("class")
    guard let accuracy = AccuracyClass(rawValue: text) else {
      throw .unknown(
        "accuracy class", text, at: name.line, known: AccuracyClass.allCases.map(\.rawValue))
    }
    return accuracy
  }

  private mutating func parseGroups(
    _ syntax: Syntax?, _ patterns: [GroupPattern]
  ) throws(CaseFileError) {
    guard let parts = syntax?.elements, !parts.isEmpty else {
      throw CaseFileError(path: path, line: syntax?.line ?? 1, reason: "groups must be a list")
    }
    for part in parts {
      var added: [GroupDefinition] = []
      if GroupPattern.isUse(part) {
        added = try shared(part, patterns)
      } else {
        do throws(SyntaxFault) {
          added.append(try GroupDefinition(part, file: self))
        } catch {
          throw CaseFileError(error, path: path, group: part.members?["name"]?.text)
        }
      }
      elements.append(.init(line: part.line, tiers: Set(added.map(\.tier))))
      groups += added.filter { tier?.contains($0.tier) ?? true }
    }
  }

  /// The groups of a pattern; an error in one names the pattern's line and the use.
  private func shared(
    _ use: Syntax, _ patterns: [GroupPattern]
  ) throws(CaseFileError) -> [GroupDefinition] {
    let pattern: GroupPattern
    let groups: [Syntax]
    do throws(SyntaxFault) {
      let members = try use.requireMembers("a group")
      let name = try members["pattern"]?.requireText("pattern") ?? ""
      guard let known = patterns.first(where: { $0.name == name }) else {
        throw .unknown("pattern", name, at: use.line, known: patterns.map(\.name))
      }
      pattern = known
      groups = try pattern.groups(for: members, line: use.line)
    } catch {
      throw CaseFileError(error, path: path)
    }
    var result: [GroupDefinition] = []
    for group in groups where isWanted(group) {
      do throws(SyntaxFault) {
        result.append(try GroupDefinition(group, file: self))
      } catch {
        let file = path.split(separator: "/").last.map { String($0) } ?? path
        throw CaseFileError(
          path: error.file ?? pattern.path, line: error.line, group: group.members?["name"]?.text,
          reason: "\(error.reason), as \(file):\(use.line) uses it", remedy: error.remedy)
      }
    }
    return result
  }

  /// False for a group that states a tier of other runs.
  private func isWanted(_ group: Syntax) -> Bool {
    guard let tier else { return true }
    guard let text = group.members?["tier"]?.text else { return tier.contains(.ci) }
    return Tier(rawValue: text).map { tier.contains($0) } ?? true
  }

  private func checkCoverage() throws(CaseFileError) {
    let covered = Set(groups.flatMap(\.covers))
    if let open = constraints.first(where: { !covered.contains($0.label) }) {
      throw CaseFileError(
        path: path, reason: "no group covers constraint \(open.label)",
        remedy: "add a group that does, or delete the constraint")
    }
    let behaviour = Set(constraints.filter(\.isBehaviour).map(\.label))
    for group in groups where group.expectation == .mustReject {
      guard let label = group.covers.first(where: behaviour.contains) else { continue }
      throw CaseFileError(
        path: path, line: group.line, group: group.name,
        reason: "the group has models that break \(label), which behaviour lists",
        remedy: "take \(label) from behaviour, or from what the group covers")
    }
  }

  /// One name may be used again for other versions only.
  private func checkNames() throws(CaseFileError) {
    var seen: [String: Set<Int>] = [:]
    for group in groups {
      let versions = Set(group.versions)
      if let common = seen[group.name]?.intersection(versions).min() {
        throw CaseFileError(
          path: path, line: group.line, group: group.name,
          reason: "a group of this name exists for version \(common) already",
          remedy: "choose another name")
      }
      seen[group.name, default: []].formUnion(versions)
    }
  }
}
