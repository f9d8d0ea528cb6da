import ModelFormat
import Spec
import Tensors

/// Makes the graphs and the inputs of one case of a model.
struct ModelCaseBuilder {
  let entry: CaseEntry
  let definition: GroupDefinition
  let model: ModelDefinition
  let opset: Int
  let bindings: Bindings
  let seed: SuiteSeed

  /// Inputs are drawn for the case; a redraw changes them and nothing else.
  var inputValues: ValueBuilder {
    let (id, seed, redraw) = (entry.id, seed, definition.redraw)
    return ValueBuilder { label in
      seed.key(caseID: id, label: redraw == 0 ? label : "\(label)\0redraw \(redraw)")
    }
  }

  /// Weights belong to the model: every graph and every case has the same.
  private var weightValues: ValueBuilder {
    let (seed, name) = (seed, model.name)
    return ValueBuilder { label in seed.key(model: name, weight: label) }
  }

  func build() throws(SyntaxFault) -> Case {
    if let relation = definition.relation { return try build(relation) }
    guard let graph = definition.graph else {
      throw SyntaxFault(definition.line, "graph is missing")
    }
    let made = try made(graph.requireText("graph"), graph.line, bindings, opset)
    guard case .named(let members) = definition.inputs else {
      throw SyntaxFault(definition.line, "the inputs of a model are given by name")
    }
    try Self.refuseOthers(members, than: made.declared)
    var fed: [(name: String, value: Value)] = []
    for info in made.declared {
      guard let member = members[info.name] else { throw missing(info.name, definition.line) }
      let type = try InputSlot.type(of: member, bindings, expected: info.type)
      fed.append(
        (info.name, try inputValues.value(bindings.resolve(member), type, label: info.name)))
    }
    return assembled(made.model, fed + made.weights, nil)
  }

  private func assembled(
    _ model: Model, _ inputs: [(name: String, value: Value)], _ relation: CaseRelation?
  ) -> Case {
    Case(
      id: entry.id, group: entry.group, expectation: entry.expectation, model: model,
      inputs: inputs, outputNames: model.graph.outputs.map(\.name),
      tokenRules: self.model.tokenRules, relation: relation)
  }

  private func missing(_ input: String, _ line: Int) -> SyntaxFault {
    SyntaxFault(line, "input \"\(input)\" of the graph is missing")
  }

  private static func refuseOthers(
    _ members: [Syntax.Member], than declared: [ValueInfo]
  ) throws(SyntaxFault) {
    for member in members where !declared.contains(where: { $0.name == member.key }) {
      throw .unknown(
        "input of the graph", member.key, at: member.line, known: declared.map(\.name))
    }
  }
}

// MARK: - Graphs and weights

extension ModelCaseBuilder {
  /// A graph with its weights.
  struct Made {
    var model: Model
    /// The inputs that are no weights.
    let declared: [ValueInfo]
    /// Weights that the case feeds as inputs.
    var weights: [(name: String, value: Value)] = []
  }

  func made(
    _ name: String, _ line: Int, _ bindings: Bindings, _ opset: Int
  ) throws(SyntaxFault) -> Made {
    let graph = try model.graph(name, line)
    var parsed = try parsed(graph, line, bindings, opset)
    var made = Made(model: parsed, declared: parsed.graph.inputs)
    for name in parsed.graph.freeNames {
      guard let weight = model.weights[name] else {
        var fault = SyntaxFault.unknown(
          "value", name, at: 1, known: model.weights.map(\.key))
        fault.file = graph.path
        throw fault
      }
      let type = try InputSlot.type(
        of: weight, self.bindings,
        expected: model.typeVariables.first.flatMap { variable in
          self.bindings[variable.name].flatMap { try? $0.valueType() }
        })
      let value = try weightValues.value(self.bindings.resolve(weight), type, label: name)
      guard let tensor = value.tensor else {
        throw SyntaxFault(weight.line, "the weight \"\(name)\" is not a tensor")
      }
      if definition.weightsAreInputs {
        let shape = tensor.shape.map { Dimension.fixed($0) }
        parsed.graph.inputs.append(ValueInfo(name: name, type: type, shape: shape))
        made.weights.append((name, value))
      } else {
        parsed.graph.initializers.append(Initializer(name: name, tensor: tensor))
      }
    }
    made.model = parsed
    return made
  }

  /// The text with its variables: those of the case, types under ONNX's names, and `$opset`.
  private func parsed(
    _ graph: ModelDefinition.GraphText, _ line: Int, _ bindings: Bindings, _ opset: Int
  ) throws(SyntaxFault) -> Model {
    var variables = Bindings([("opset", Syntax(text: "\(opset)", line: line))])
    for (name, value) in bindings.entries {
      let isType = model.typeVariables.contains { $0.name == name }
      let type = isType ? try value.elementType().onnxName : nil
      variables.bind(name, to: type.map { Syntax(text: $0, line: value.line) } ?? value)
    }
    var lines: [String] = []
    for (number, text) in graph.text.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      do throws(SyntaxFault) {
        let resolved = try variables.resolve(
          Syntax(.scalar(String(text), quoted: true), line: number + 1))
        lines.append(resolved.text ?? String(text))
      } catch {
        var fault = error
        fault.file = graph.path
        throw fault
      }
    }
    do throws(ModelError) {
      return try Model(text: lines.joined(separator: "\n"))
    } catch {
      var position = 1
      if case .text(let line, _, _) = error { position = line }
      var fault = SyntaxFault(position, "\(error)")
      fault.file = graph.path
      throw fault
    }
  }
}

extension Graph {
  /// Names that nodes read and nothing in the graph defines, in the order they are first read.
  var freeNames: [String] {
    var defined = Set(inputs.map(\.name) + initializers.map(\.name) + [""])
    var free: [String] = []
    for node in nodes {
      let inner = node.attributes.sorted { $0.key < $1.key }.compactMap(\.value.graphValue)
      for name in node.inputs + inner.flatMap(\.freeNames)
      where !defined.contains(name) && !free.contains(name) {
        free.append(name)
      }
      defined.formUnion(node.outputs)
    }
    return free
  }
}
