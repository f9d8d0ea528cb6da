import Spec

/// A case group as it is written; values with variables stay unresolved.
struct GroupDefinition: Sendable {
  let name: String
  let line: Int
  let intent: String
  let covers: [String]
  let tier: Tier
  let versions: [Int]
  let twin: Twin
  let expectation: Expectation
  let accuracyClass: AccuracyClass
  /// Overrides the operator set that models import.
  let opset: Int?
  /// `trivial:`; the simple answers that the group's intent demands.
  let trivial: [Triviality]
  /// `for:` in the order written.
  let variables: [Syntax.Member]
  /// `rows:`; one empty row when there are none.
  let rows: [[Syntax.Member]]
  /// `except:`; a combination that agrees with all members of one entry is left out.
  let exceptions: [[Syntax.Member]]
  let attributes: [Syntax.Member]
  let inputs: Inputs
  let outputs: Syntax?
  /// Inputs that become constants in the `initializers` form.
  let parameters: [String]
  /// ONNX text of a whole model instead of one node.
  let model: Syntax?
  /// In the file of a model: the graph that is run.
  let graph: Syntax?
  /// In the file of a model: several executions in place of one.
  let relation: RelationDefinition?
  /// Whether the weights of a model are fed as inputs.
  let weightsAreInputs: Bool
  /// How often the inputs were drawn anew, for data with margins.
  let redraw: Int

  /// Whether a case is more than one node.
  var isWholeModel: Bool { model != nil || graph != nil || relation != nil }

  enum Inputs: Sendable {
    case named([Syntax.Member])
    case positional([Syntax])
  }

  static let keys = [
    "name", "intent", "covers", "tier", "versions", "for", "rows", "except", "twin", "attributes",
    "inputs", "outputs", "parameters", "expect", "accuracy", "model", "shape-ranges", "opset",
    "trivial",
  ]

  static let modelKeys = [
    "name", "intent", "covers", "tier", "versions", "for", "rows", "except", "twin", "inputs",
    "graph", "relation", "weights-as", "redraw",
  ]

  init(_ syntax: Syntax, file: CaseFile) throws(SyntaxFault) {
    let members = try syntax.requireMembers("a group")
    try members.requireKeys(file.model == nil ? Self.keys : Self.modelKeys)
    line = syntax.line
    name = try Self.name(members["name"], line)
    guard let intent = members["intent"] else { throw SyntaxFault(line, "intent is missing") }
    self.intent = try intent.requireText("intent")
    covers = try Self.covers(members["covers"], file)
    tier = try members["tier"]?.choice("tier") ?? .ci
    twin = try members["twin"]?.choice("twin") ?? .random
    expectation = try members["expect"]?.choice("expect") ?? .mustMatch
    let available = file.schemas.map(\.sinceVersion)
    let earlier = file.earlierSchemas.map(\.sinceVersion)
    versions =
      try members["versions"]?.versions(
        among: available, earlier: earlier, of: file.operatorName) ?? available
    accuracyClass =
      if let accuracy = members["accuracy"] {
        try CaseFile.accuracyClass(accuracy)
      } else {
        file.accuracyClass
      }
    opset = try members["opset"]?.requireInt("opset")
    trivial = try Self.trivialities(members["trivial"])
    variables = try Self.variables(members["for"])
    rows = try Self.rows(members["rows"], "rows")
    exceptions = members["except"] == nil ? [] : try Self.rows(members["except"], "except")
    attributes = try members["attributes"]?.requireMembers("attributes") ?? []
    inputs = try Self.inputs(members["inputs"])
    outputs = members["outputs"]
    parameters = try Self.texts(members["parameters"], "parameters")
    model = members["model"]
    graph = members["graph"]
    relation = try members["relation"].map { (relation) throws(SyntaxFault) in
      try RelationDefinition(relation)
    }
    let weights: WeightForm = try members["weights-as"]?.choice("weights-as") ?? .initializers
    weightsAreInputs = weights == .inputs
    redraw = try members["redraw"]?.requireInt("redraw") ?? 0
    try checkModel()
    if file.model != nil { try checkGraph() }
    try checkVariables()
  }

  private func checkModel() throws(SyntaxFault) {
    guard let model else { return }
    if !attributes.isEmpty { throw SyntaxFault(model.line, "a model takes no attributes") }
    if case .positional = inputs {
      throw SyntaxFault(model.line, "the inputs of a model are given by name")
    }
    if outputs != nil {
      throw SyntaxFault(model.line, "the outputs of a model are those of its text")
    }
  }

  /// How the weights of a model reach the backend.
  private enum WeightForm: String, CaseIterable { case initializers, inputs }

  /// In the file of a model a group runs one graph, or relates several runs.
  private func checkGraph() throws(SyntaxFault) {
    guard (graph == nil) != (relation == nil) else {
      throw SyntaxFault(line, "a group of a model has either a graph or a relation")
    }
    if relation != nil, case .named(let members) = inputs, let first = members.first {
      throw SyntaxFault(
        first.line, "the inputs of a relation stand in its steps",
        remedy: "move them to relation: draws and steps")
    }
  }

  private func checkVariables() throws(SyntaxFault) {
    var names: Set<String> = []
    for member in variables + (rows.first ?? []) {
      guard names.insert(member.key).inserted else {
        throw SyntaxFault(member.line, "variable \"\(member.key)\" is given twice")
      }
    }
    for row in rows where Set(row.map(\.key)) != Set((rows.first ?? []).map(\.key)) {
      throw SyntaxFault(row.first?.line ?? line, "every row must give the same variables")
    }
    for exception in exceptions {
      for member in exception where !names.contains(member.key) {
        throw .unknown("variable", member.key, at: member.line, known: names)
      }
    }
  }

  private static func name(_ syntax: Syntax?, _ line: Int) throws(SyntaxFault) -> String {
    guard let syntax else { throw SyntaxFault(line, "name is missing") }
    let name = try syntax.requireText("name")
    let isKebab = name.utf8.allSatisfy {
      $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D
    }
    guard isKebab, name.first != "-", name.last != "-" else {
      throw SyntaxFault(
        syntax.line, "\"\(name)\" is not a group name", remedy: "use lower-case words joined by -")
    }
    return name
  }

  private static func covers(
    _ syntax: Syntax?, _ file: CaseFile
  ) throws(SyntaxFault) -> [String] {
    var labels: [String] = []
    // A pattern joins lists of its user: [$covers, $refuses].
    for element in try syntax?.requireElements("covers") ?? [] {
      let found = element.elements == nil ? [element] : try element.requireElements("covers")
      for inner in found {
        let label = try inner.requireText("a constraint's label")
        if !labels.contains(label) { labels.append(label) }
      }
    }
    for label in labels where !file.constraints.contains(where: { $0.label == label }) {
      throw .unknown(
        "constraint", label, at: syntax?.line ?? 1, known: file.constraints.map(\.label))
    }
    return labels
  }

  private static func trivialities(_ syntax: Syntax?) throws(SyntaxFault) -> [Triviality] {
    var result: [Triviality] = []
    for element in try syntax?.requireElements("trivial") ?? [] {
      let trait: Triviality = try element.choice("kind of trivial answer")
      guard !result.contains(trait) else {
        throw SyntaxFault(element.line, "\(trait.rawValue) is given twice")
      }
      result.append(trait)
    }
    return result
  }

  private static func texts(_ syntax: Syntax?, _ what: String) throws(SyntaxFault) -> [String] {
    var result: [String] = []
    for element in try syntax?.requireElements(what) ?? [] {
      result.append(try element.requireText(what))
    }
    return result
  }

  private static func variables(_ syntax: Syntax?) throws(SyntaxFault) -> [Syntax.Member] {
    let members = try syntax?.requireMembers("for") ?? []
    for member in members {
      guard !member.key.isEmpty, member.key.allSatisfy(Bindings.isNameCharacter) else {
        throw SyntaxFault(
          member.line, "\"\(member.key)\" is not a variable name",
          remedy: "use letters, digits and _")
      }
      guard !(member.value.elements?.isEmpty ?? false) else {
        throw SyntaxFault(member.line, "variable \"\(member.key)\" has no values")
      }
    }
    return members
  }

  private static func rows(
    _ syntax: Syntax?, _ what: String
  ) throws(SyntaxFault) -> [[Syntax.Member]] {
    guard let syntax else { return [[]] }
    var rows: [[Syntax.Member]] = []
    for element in try syntax.requireElements(what) {
      rows.append(try element.requireMembers("an entry of \(what)"))
    }
    guard !rows.isEmpty else { throw SyntaxFault(syntax.line, "\(what) is empty") }
    return rows
  }

  private static func inputs(_ syntax: Syntax?) throws(SyntaxFault) -> Inputs {
    guard let syntax else { return .named([]) }
    if let elements = syntax.elements {
      for element in elements { try InputSyntax.check(element) }
      return .positional(elements)
    }
    let members = try syntax.requireMembers("inputs")
    for member in members { try InputSyntax.check(member.value) }
    return .named(members)
  }
}

extension Syntax {
  /// A word of a closed vocabulary.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ what: String
  ) throws(SyntaxFault) -> Choice where Choice.RawValue == String {
    let text = try requireText(what)
    guard let value = Choice(rawValue: text) else {
      throw .unknown(what, text, at: line, known: Choice.allCases.map(\.rawValue))
    }
    return value
  }
}
