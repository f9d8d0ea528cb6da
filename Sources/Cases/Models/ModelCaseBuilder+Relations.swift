import ModelFormat
import Spec
import Tensors

extension ModelCaseBuilder {
  /// The steps of a relation; model and inputs of the case are those of the golden step.
  func build(_ relation: RelationDefinition) throws(SyntaxFault) -> Case {
    let draws = try draws(of: relation)
    var steps: [CaseRelation.Step] = []
    for step in relation.steps { steps.append(try made(step, draws, after: steps)) }
    var agreements: [CaseRelation.Agreement] = []
    let golden = relation.steps.firstIndex { $0.name == relation.golden } ?? 0
    for agreement in relation.agreements {
      let right = try result(bindings.resolve(agreement.right), among: steps)
      guard right.step == golden else {
        throw SyntaxFault(
          agreement.right.line, "the second result must be one of the golden step",
          remedy: "swap them, or name another golden step")
      }
      agreements.append(
        CaseRelation.Agreement(
          left: try result(bindings.resolve(agreement.left), among: steps), right: right))
    }
    var fed: [(name: String, value: Value)] = []
    for (name, source) in steps[golden].inputs {
      guard case .given(let value) = source else {
        throw SyntaxFault(
          relation.steps[golden].line, "the golden step must not read outputs of other steps")
      }
      fed.append((name, value))
    }
    return Case(
      id: entry.id, group: entry.group, expectation: entry.expectation, model: steps[golden].model,
      inputs: fed, outputNames: steps[golden].outputNames, tokenRules: model.tokenRules,
      relation: CaseRelation(steps: steps, goldenStep: golden, agreements: agreements))
  }

  private func draws(of relation: RelationDefinition) throws(SyntaxFault) -> [String: Value] {
    var draws: [String: Value] = [:]
    for draw in relation.draws {
      let type = try InputSlot.type(of: draw.value, bindings, expected: nil)
      draws[draw.key] = try inputValues.value(bindings.resolve(draw.value), type, label: draw.key)
    }
    return draws
  }

  private func made(
    _ step: RelationDefinition.Step, _ draws: [String: Value], after steps: [CaseRelation.Step]
  ) throws(SyntaxFault) -> CaseRelation.Step {
    var entries: [(name: String, value: Syntax)] = []
    for member in step.variables {
      entries.append((member.key, try bindings.resolve(member.value)))
    }
    let local = Bindings(entries + bindings.entries)
    let made = try made(step.graph, step.line, local, step.opset ?? opset)
    for member in step.inputs where !made.declared.contains(where: { $0.name == member.key }) {
      throw .unknown(
        "input of the graph", member.key, at: member.line, known: made.declared.map(\.name))
    }
    var inputs: [(name: String, source: CaseRelation.Source)] = []
    for info in made.declared {
      guard let syntax = step.inputs[info.name] else {
        throw SyntaxFault(step.line, "input \"\(info.name)\" of step \(step.name) is missing")
      }
      inputs.append((info.name, try source(local.resolve(syntax), draws, steps)))
    }
    for weight in made.weights { inputs.append((weight.name, .given(weight.value))) }
    return CaseRelation.Step(
      name: step.name, model: made.model, inputs: inputs,
      outputNames: made.model.graph.outputs.map(\.name))
  }

  /// `ids`, `{draw: ids, axis: 1, from: 0, to: 4}`, or a result of an earlier step.
  private func source(
    _ syntax: Syntax, _ draws: [String: Value], _ steps: [CaseRelation.Step]
  ) throws(SyntaxFault) -> CaseRelation.Source {
    let members = syntax.members ?? [.init(key: "draw", line: syntax.line, value: syntax)]
    guard let draw = members["draw"] else {
      return .result(try result(syntax, among: steps))
    }
    try members.requireKeys(["draw", "axis", "from", "to"])
    let name = try draw.requireText("draw")
    guard let value = draws[name] else {
      throw .unknown("draw", name, at: draw.line, known: draws.keys)
    }
    guard let slice = try slice(members, syntax.line) else { return .given(value) }
    guard let part = value.tensor?.sliced(slice) else {
      throw SyntaxFault(syntax.line, "the part does not lie inside \"\(name)\"")
    }
    return .given(.tensor(part))
  }

  /// `{output: logits, of: start}`, perhaps with axis, from and to.
  private func result(
    _ syntax: Syntax, among steps: [CaseRelation.Step]
  ) throws(SyntaxFault) -> CaseRelation.Result {
    let members = try syntax.requireMembers("a result")
    try members.requireKeys(["output", "of", "axis", "from", "to"])
    guard let output = members["output"], let step = members["of"] else {
      throw SyntaxFault(syntax.line, "a result is written {output: NAME, of: STEP}")
    }
    let (name, stepName) = (try output.requireText("output"), try step.requireText("of"))
    guard let position = steps.firstIndex(where: { $0.name == stepName }) else {
      throw .unknown("earlier step", stepName, at: step.line, known: steps.map(\.name))
    }
    guard let place = steps[position].outputNames.firstIndex(of: name) else {
      throw .unknown("output", name, at: output.line, known: steps[position].outputNames)
    }
    return CaseRelation.Result(
      step: position, stepName: stepName, output: place, outputName: name,
      slice: try slice(members, syntax.line))
  }

  private func slice(
    _ members: [Syntax.Member], _ line: Int
  ) throws(SyntaxFault) -> TensorSlice? {
    guard let axis = members["axis"] else { return nil }
    guard let from = members["from"], let to = members["to"] else {
      throw SyntaxFault(line, "a part needs axis, from and to")
    }
    let (low, high) = (try from.requireInt("from"), try to.requireInt("to"))
    guard low >= 0, low < high else {
      throw SyntaxFault(line, "from must lie below to, and not below 0")
    }
    return TensorSlice(axis: try axis.requireInt("axis"), range: low..<high)
  }
}
