import Spec
import Tensors

/// Turns case files into entries.
struct Expander {
  let standard: Standard
  let seed: SuiteSeed
  let bodies: OperatorBodies
  private(set) var entries: [CaseEntry] = []
  private(set) var expansions: [GroupExpansion] = []

  init(standard: Standard, seed: SuiteSeed = .published, bodies: OperatorBodies = .init()) {
    (self.standard, self.seed, self.bodies) = (standard, seed, bodies)
  }

  mutating func add(_ file: CaseFile, at index: Int) throws(CaseFileError) {
    for (position, group) in file.groups.enumerated() {
      let before = entries.count
      do throws(SyntaxFault) {
        try checkTypes(group, file)
        for schema in file.earlierSchemas + file.schemas
        where group.versions.contains(schema.sinceVersion) {
          try expand(file, index, group, position, schema)
        }
        guard entries.count > before else {
          throw SyntaxFault(
            group.line, "the group has no case",
            remedy: "check its types against those the versions allow")
        }
      } catch {
        throw CaseFileError(error, path: file.path, group: group.name)
      }
    }
  }

  /// A listed type that no version of the group allows is a slip.
  private func checkTypes(_ group: GroupDefinition, _ file: CaseFile) throws(SyntaxFault) {
    let schemas = (file.earlierSchemas + file.schemas).filter {
      group.versions.contains($0.sinceVersion)
    }
    for member in group.variables {
      let variables = schemas.compactMap { $0.typeVariable(member.key) }
      guard !variables.isEmpty else { continue }
      for entry in member.value.elements ?? [member.value] {
        if let text = entry.text, TypeSet(rawValue: text) != nil || text.hasPrefix("-") {
          continue
        }
        let type = try entry.valueType()
        guard !variables.contains(where: { $0.allows(type) }) else { continue }
        throw SyntaxFault(
          entry.line,
          "\(member.key) is never \(type.caseName) in \(file.operatorName) "
            + group.versions.map { "\($0)" }.joined(separator: ", "),
          remedy: "delete it; to test that a type is refused, name the variable differently")
      }
    }
  }

  private mutating func expand(
    _ file: CaseFile, _ fileIndex: Int, _ group: GroupDefinition, _ groupIndex: Int,
    _ schema: OperatorSchema
  ) throws(SyntaxFault) {
    let space = try CombinationSpace(group, schema)
    let opset = try opset(of: group, schema)
    expansions.append(
      GroupExpansion(
        file: fileIndex, group: groupIndex, schema: schema, space: space, opset: opset))
    var groups: [String: CaseGroup] = [:]
    var counters: [String: Int] = [:]
    let before = entries.count
    for combination in 0..<space.count {
      let bindings = space.bindings(combination)
      guard let types = try CaseTypes.of(group, schema, bindings) else { continue }
      let text = types.text
      let index = counters[text, default: 0]
      // Exceptions keep their index, so that adding one leaves the other ids as they are.
      counters[text] = index + 1
      if group.excepts(bindings) { continue }
      let shared = groups[text] ?? Self.caseGroup(group, schema, types, opset)
      groups[text] = shared
      append(group, shared, index, combination)
    }
    try appendBodies(of: group, schema, after: before)
  }

  /// The body forms of cases of the newest expansion, which start at an entry.
  private mutating func appendBodies(
    of group: GroupDefinition, _ schema: OperatorSchema, after start: Int
  ) throws(SyntaxFault) {
    let newest = standard.schemas(domain: schema.domain, operator: schema.name).last {
      bodies.knows($0)
    }
    let selection = BodySelection(
      group: group, schema: schema, isNewest: newest?.sinceVersion == schema.sinceVersion)
    guard bodies.knows(schema), selection.isEligible, let expansion = expansions.last else {
      return
    }
    let candidates = entries[start...].filter { $0.form == .inputs }.map {
      BodySelection.Candidate(entry: $0, bindings: expansion.space.bindings($0.combination))
    }
    let chosen = try selection.chosen(from: candidates) { candidate throws(SyntaxFault) in
      let builder = CaseBuilder(
        entry: candidate.entry, definition: group, schema: schema, opset: expansion.opset,
        bindings: candidate.bindings, seed: seed, bodies: bodies)
      return bodies.body(of: try builder.call())
    }
    entries += chosen.map { $0.asBody() }
  }

  /// The operator set of the cases; a model's graphs are written for theirs.
  private func opset(
    of group: GroupDefinition, _ schema: OperatorSchema
  ) throws(SyntaxFault) -> Int {
    guard !schema.isModel else { return schema.sinceVersion }
    let opset = group.opset ?? OpsetChoice.opset(of: schema, in: standard)
    let inForce = standard.schema(
      domain: schema.domain, operator: schema.name, opset: opset)?.sinceVersion
    guard inForce == schema.sinceVersion || group.expectation == .mustReject else {
      throw SyntaxFault(
        group.line,
        "at opset \(opset) version \(inForce ?? 0) is in force, not "
          + "\(schema.sinceVersion)", remedy: "choose another opset")
    }
    return opset
  }

  private mutating func append(
    _ group: GroupDefinition, _ shared: CaseGroup, _ index: Int, _ combination: Int
  ) {
    let forms: [ParameterForm] = group.parameters.isEmpty ? [.inputs] : [.inputs, .initializers]
    for form in forms {
      entries.append(
        CaseEntry(
          id: CaseID(group: shared.id, index: index, form: form), group: shared,
          expectation: group.expectation, isRelation: group.relation != nil,
          expansion: expansions.count - 1, combination: combination))
    }
  }

  private static func caseGroup(
    _ group: GroupDefinition, _ schema: OperatorSchema, _ types: CaseTypes, _ opset: Int
  ) -> CaseGroup {
    let text = types.text
    let isInexact = group.isWholeModel || types.hasInexactOutput(schema)
    return CaseGroup(
      id: "\(label(schema.domain))/\(schema.name)-\(schema.sinceVersion)/\(text)/\(group.name)",
      operatorName: schema.name, domain: schema.domain, sinceVersion: schema.sinceVersion,
      opset: opset, types: text, name: group.name, intent: group.intent, covers: group.covers,
      tier: group.tier, accuracyClass: group.accuracyClass.effective(hasInexactOutput: isInexact),
      twin: group.twin, trivial: group.trivial)
  }

  /// The first part of a case id.
  static func label(_ domain: String) -> String {
    switch domain {
    case "": "onnx"
    case "ai.onnx.ml": "ml"
    case "ai.onnx.preview.training": "training"
    case "ai.onnx.preview": "preview"
    default: domain
    }
  }
}
