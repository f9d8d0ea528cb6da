import ModelFormat
import Spec
import Tensors

/// Makes the model and the inputs of one case.
struct CaseBuilder {
  let entry: CaseEntry
  let definition: GroupDefinition
  let schema: OperatorSchema
  let opset: Int
  let bindings: Bindings
  let seed: SuiteSeed
  let bodies: OperatorBodies

  private var values: ValueBuilder { ValueBuilder(caseID: entry.id, seed: seed) }

  func build() throws(SyntaxFault) -> Case {
    if let text = definition.model { return try wholeModel(text) }
    return try singleNode()
  }

  /// The call that the case is about, without the values that it is fed.
  func call() throws(SyntaxFault) -> OperatorCall {
    let slots = try definition.slots(schema, bindings)
    var inputs: [ValueInfo] = []
    var fed: Set<String> = []
    for slot in slots {
      guard let syntax = slot.syntax else {
        inputs.append(ValueInfo(name: "", type: nil))
        continue
      }
      let type = try slot.type(schema, bindings, slots)
      var name = slot.name
      if let target = syntax.members?["same-as"] {
        name = try bindings.resolve(target).requireText("same-as")
      }
      fed.insert(name)
      inputs.append(ValueInfo(name: name, type: type))
    }
    let outputs = try OutputBuilder(
      definition: definition, schema: schema, bindings: bindings, used: fed
    ).outputs()
    return OperatorCall(
      schema: schema, groupName: definition.name, inputs: inputs, outputs: outputs,
      attributes: try attributes())
  }

  private func attributes() throws(SyntaxFault) -> [String: Attribute] {
    try AttributeBuilder(
      values: values, schema: schema, isReject: entry.expectation == .mustReject
    ).attributes(resolved(definition.attributes))
  }

  private func singleNode() throws(SyntaxFault) -> Case {
    let slots = try definition.slots(schema, bindings)
    let attributes = try attributes()
    var fed: [(name: String, value: Value)] = []
    var declared: [ValueInfo] = []
    for slot in slots {
      guard let syntax = slot.syntax else {
        declared.append(ValueInfo(name: "", type: nil))
        continue
      }
      let type = try slot.type(schema, bindings, slots)
      if let target = syntax.members?["same-as"] {
        declared.append(
          ValueInfo(name: try bindings.resolve(target).requireText("same-as"), type: type))
        continue
      }
      let value = try values.value(bindings.resolve(syntax), type, label: slot.name)
      declared.append(ValueInfo(name: slot.name, type: type, shape: value.dimensions))
      fed.append((slot.name, value))
    }
    let constants = try constants(of: fed)
    let outputs = try OutputBuilder(
      definition: definition, schema: schema, bindings: bindings, used: Set(fed.map(\.name))
    ).outputs()
    let model = Model.singleNode(
      operator: schema.name, domain: schema.domain, opset: Int64(opset), attributes: attributes,
      inputs: declared, outputs: outputs, initializers: constants)
    var made = assembled(model, fed, constants)
    try takeBody(&made)
    return made
  }

  /// Puts the body in place of the node where the case's form demands it.
  private func takeBody(_ made: inout Case) throws(SyntaxFault) {
    switch entry.form {
    case .inputs, .initializers: return
    case .body:
      let call = try call()
      guard let body = bodies.body(of: call) else {
        throw SyntaxFault(definition.line, "no body of \(schema.name) fits the case")
      }
      made.model = try body.replacing(call, in: made.model)
      made.bodyDiffers = body.differs
    }
  }

  private func wholeModel(_ syntax: Syntax) throws(SyntaxFault) -> Case {
    let text = try textBindings.resolve(syntax).requireText("model")
    var model: Model
    do throws(ModelError) {
      model = try Model(text: text)
    } catch {
      throw SyntaxFault(syntax.line, "model: \(error)")
    }
    guard case .named(let members) = definition.inputs else {
      throw SyntaxFault(syntax.line, "the inputs of a model are given by name")
    }
    for member in members where !model.graph.inputs.contains(where: { $0.name == member.key }) {
      throw .unknown(
        "input of the model", member.key, at: member.line, known: model.graph.inputs.map(\.name))
    }
    var fed: [(name: String, value: Value)] = []
    for info in model.graph.inputs {
      guard let member = members[info.name] else {
        throw SyntaxFault(syntax.line, "input \"\(info.name)\" of the model is missing")
      }
      let type = try InputSlot.type(of: member, bindings, expected: info.type)
      fed.append((info.name, try values.value(bindings.resolve(member), type, label: info.name)))
    }
    let constants = try constants(of: fed)
    let names = Set(constants.map(\.name))
    model.graph.inputs.removeAll { names.contains($0.name) }
    model.graph.initializers += constants
    if !constants.isEmpty { model.irVersion = max(model.irVersion, 4) }
    return assembled(model, fed, constants)
  }

  /// Variables in ONNX text: those of the group, the operator set and the IR version of the case.
  private var textBindings: Bindings {
    var names = bindings.inONNXText
    let imports = [schema.domain: Int64(opset)]
    for (name, value) in [
      ("opset", Int64(opset)), ("ir_version", IRVersion.oldest(for: imports)),
    ] where names[name] == nil { names.bind(name, to: Syntax(text: "\(value)", line: 0)) }
    return names
  }

  private func resolved(_ members: [Syntax.Member]) throws(SyntaxFault) -> [Syntax.Member] {
    var result: [Syntax.Member] = []
    for member in members {
      let isText = [.graph, .graphs].contains(schema.attributes[member.key]?.kind)
      let names = isText ? textBindings : bindings
      result.append(
        .init(key: member.key, line: member.line, value: try names.resolve(member.value)))
    }
    return result
  }

  /// The inputs that this form of the case turns into constants.
  private func constants(
    of fed: [(name: String, value: Value)]
  ) throws(SyntaxFault) -> [Initializer] {
    guard entry.form == .initializers else { return [] }
    var result: [Initializer] = []
    for name in definition.parameters {
      let members = fed.filter { $0.name == name || $0.name.isMember(of: name) }
      for (name, value) in members {
        guard let tensor = value.tensor else {
          throw SyntaxFault(definition.line, "parameter \"\(name)\" is not a tensor")
        }
        result.append(Initializer(name: name, tensor: tensor))
      }
    }
    guard !result.isEmpty else {
      throw .unknown(
        "parameter", definition.parameters.joined(separator: ", "), at: definition.line,
        known: fed.map(\.name))
    }
    return result
  }

  private func assembled(
    _ model: Model, _ fed: [(name: String, value: Value)], _ constants: [Initializer]
  ) -> Case {
    let names = Set(constants.map(\.name))
    return Case(
      id: entry.id, group: entry.group, expectation: entry.expectation, model: model,
      inputs: fed.filter { !names.contains($0.name) },
      outputNames: model.graph.outputs.map(\.name), tokenRules: [:], relation: nil)
  }
}

extension Value {
  /// The fixed dimensions of a tensor; nil where members of a sequence may differ.
  fileprivate var dimensions: [Dimension]? { tensor?.shape.map { .fixed($0) } }
}

extension String {
  /// Whether this is the name of a member of a variadic input, e.g. `inputs_2` of `inputs`.
  fileprivate func isMember(of variadic: String) -> Bool {
    hasPrefix(variadic + "_") && dropFirst(variadic.count + 1).allSatisfy(\.isWholeNumber)
  }
}
