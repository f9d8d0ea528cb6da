/// A relation between executions as it is written; variables stay unresolved.
struct RelationDefinition: Sendable {
  /// Values that the steps share, drawn once per case.
  let draws: [Syntax.Member]
  let steps: [Step]
  /// The step whose golden bounds both sides.
  let golden: String
  let agreements: [Agreement]
  let line: Int

  /// One execution of a graph.
  struct Step: Sendable {
    let name: String
    let line: Int
    let graph: String
    /// Variables of this step's graph, before those of the group.
    let variables: [Syntax.Member]
    let inputs: [Syntax.Member]
    /// The operator set, where it is another than the case's.
    let opset: Int?
  }

  /// Two results that have to agree; the second is one of the golden step.
  struct Agreement: Sendable {
    let left: Syntax
    let right: Syntax
  }

  init(_ syntax: Syntax) throws(SyntaxFault) {
    let members = try syntax.requireMembers("relation")
    try members.requireKeys(["draws", "steps", "golden", "agree"])
    line = syntax.line
    draws = try members["draws"]?.requireMembers("draws") ?? []
    for draw in draws { try InputSyntax.check(draw.value) }
    var steps: [Step] = []
    for element in try members["steps"]?.requireElements("steps") ?? [] {
      let step = try Self.step(element)
      guard !steps.contains(where: { $0.name == step.name }) else {
        throw SyntaxFault(step.line, "a step of the name \"\(step.name)\" exists already")
      }
      steps.append(step)
    }
    guard steps.count > 1 else {
      throw SyntaxFault(line, "a relation needs at least two steps")
    }
    self.steps = steps
    guard let golden = members["golden"] else {
      throw SyntaxFault(line, "golden is missing", remedy: "name the step that has a golden")
    }
    let name = try golden.requireText("golden")
    guard steps.contains(where: { $0.name == name }) else {
      throw .unknown("step", name, at: golden.line, known: steps.map(\.name))
    }
    self.golden = name
    agreements = try Self.agreements(members["agree"], line)
  }

  private static func step(_ syntax: Syntax) throws(SyntaxFault) -> Step {
    let members = try syntax.requireMembers("a step")
    try members.requireKeys(["name", "graph", "with", "inputs", "opset"])
    guard let name = members["name"], let graph = members["graph"] else {
      throw SyntaxFault(syntax.line, "a step needs name and graph")
    }
    return Step(
      name: try name.requireText("name"), line: syntax.line,
      graph: try graph.requireText("graph"),
      variables: try members["with"]?.requireMembers("with") ?? [],
      inputs: try members["inputs"]?.requireMembers("inputs") ?? [],
      opset: try members["opset"]?.requireInt("opset"))
  }

  private static func agreements(
    _ syntax: Syntax?, _ line: Int
  ) throws(SyntaxFault) -> [Agreement] {
    var result: [Agreement] = []
    for element in try syntax?.requireElements("agree") ?? [] {
      let pair = try element.requireElements("an entry of agree")
      guard pair.count == 2 else {
        throw SyntaxFault(element.line, "an entry of agree names two results: [a, b]")
      }
      result.append(Agreement(left: pair[0], right: pair[1]))
    }
    guard !result.isEmpty else { throw SyntaxFault(line, "agree is missing") }
    return result
  }
}
