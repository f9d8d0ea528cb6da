import Tensors

extension Model {
  /// The model with one node of its graph replaced by the nodes of a function.
  ///
  /// Inner names become unique; attribute references take their value from `arguments`, and one to
  /// an absent argument leaves the attribute out; an input that the node omits is omitted inside
  /// too. `Constant` nodes become constants of the graph, and nodes that no wanted output needs are
  /// dropped. A call of `body.name` gives way to the part of that name, or to the graph that is the
  /// argument of that name. The operators of the function are those of the model's operator sets,
  /// which rise to what the function imports.
  /// - Throws: `InliningError` when the function has fewer inputs or outputs than the node uses,
  ///   passes an input on as an output, refers to a constant that has no value, or calls a part that
  ///   there is not; when a part calls itself; and when a graph among the arguments holds constants
  ///   or reads values from around it.
  package func inlining(
    _ function: LocalFunction, at position: Int, arguments: [String: Attribute],
    parts: [String: LocalFunction] = [:]
  ) throws(InliningError) -> Model {
    guard graph.nodes.indices.contains(position) else {
      throw InliningError(reason: "the graph has no node \(position)")
    }
    var inliner = try Inliner(
      function, at: graph.nodes[position], taken: graph.names, parts: parts)
    let body = try inliner.nodes(arguments)
    var model = self
    for (domain, version) in function.opsetImports {
      model.opsetImports[domain] = max(version, opsetImports[domain] ?? version)
    }
    if model.opsetImports != opsetImports {
      model.irVersion = max(irVersion, IRVersion.oldest(for: model.opsetImports))
    }
    model.graph.nodes.replaceSubrange(position...position, with: body)
    model.graph.initializers += inliner.constants(readBy: body)
    if !model.graph.initializers.isEmpty { model.irVersion = max(model.irVersion, 4) }
    return model
  }
}

/// Why a function cannot stand in for a node.
package struct InliningError: Error, Hashable, Sendable, CustomStringConvertible {
  package let reason: String

  package init(reason: String) { self.reason = reason }
  package var description: String { reason }
}

/// Gives the values of a function the names that they have in the graph around a node.
private struct Inliner {
  private let function: LocalFunction
  /// The outputs of the node that are wanted.
  private let wanted: Set<String>
  private var taken: Set<String>
  private var names: [String: String] = ["": ""]
  private var constants: [Initializer] = []
  private let parts: [String: LocalFunction]

  /// The domain of calls of parts.
  private static let partDomain = "body"

  init(
    _ function: LocalFunction, at node: Node, taken: Set<String>, parts: [String: LocalFunction]
  ) throws(InliningError) {
    guard node.inputs.count <= function.inputs.count, node.outputs.count <= function.outputs.count
    else {
      throw InliningError(
        reason: "\(function.name) has \(function.inputs.count) inputs and "
          + "\(function.outputs.count) outputs, the node uses more")
    }
    self.function = function
    self.taken = taken
    self.parts = parts
    wanted = Set(node.outputs.filter { !$0.isEmpty })
    for (index, name) in function.inputs.enumerated() {
      names[name] = index < node.inputs.count ? node.inputs[index] : ""
    }
    for (index, name) in function.outputs.enumerated() {
      guard names[name] == nil else {
        throw InliningError(reason: "\(function.name) passes its input \(name) on as an output")
      }
      if index < node.outputs.count, !node.outputs[index].isEmpty {
        names[name] = node.outputs[index]
      }
    }
  }

  /// The nodes of the body in order, without those that no wanted output needs.
  mutating func nodes(_ arguments: [String: Attribute]) throws(InliningError) -> [Node] {
    let nodes = try expanded(function.nodes, arguments, keepsConstants: false)
    var needed = wanted
    var kept: [Node] = []
    for node in nodes.reversed() where node.outputs.contains(where: needed.contains) {
      needed.formUnion(node.readNames)
      kept.append(node)
    }
    return kept.reversed()
  }

  /// The nodes under their new names, and those of parts in the place of calls of them.
  ///
  /// A subgraph keeps its constants as nodes, since it has to define what it gives.
  private mutating func expanded(
    _ inner: [Node], _ arguments: [String: Attribute], keepsConstants: Bool
  ) throws(InliningError) -> [Node] {
    var nodes: [Node] = []
    for inner in inner {
      let node = try renamed(inner, arguments)
      if inner.domain == Self.partDomain {
        nodes += try bodyOfPart(calledBy: node, arguments, keepsConstants)
        continue
      }
      guard inner.operatorName == "Constant", inner.domain.isEmpty, !keepsConstants else {
        nodes.append(node)
        continue
      }
      guard let output = node.outputs.first, let tensor = node.constant else {
        throw InliningError(
          reason: "the constant \(inner.outputs.first ?? "") of \(function.name) has no value")
      }
      constants.append(Initializer(name: output, tensor: tensor))
    }
    return nodes
  }

  private mutating func bodyOfPart(
    calledBy call: Node, _ arguments: [String: Attribute], _ keepsConstants: Bool
  ) throws(InliningError) -> [Node] {
    let name = call.operatorName
    guard let part = try part(name, arguments[name]) else {
      throw InliningError(
        reason: "\(function.name) calls \(name), which is no part, or one above it")
    }
    // Without itself a part ends.
    let others = parts.filter { $0.key != name }
    var inliner = try Inliner(part, at: call, taken: taken, parts: others)
    let nodes = try inliner.expanded(
      part.nodes, call.attributes, keepsConstants: keepsConstants)
    taken = inliner.taken
    constants += inliner.constants
    return nodes
  }

  /// The part of that name, or a graph given as an attribute; nil where there is neither.
  private func part(
    _ name: String, _ argument: Attribute?
  ) throws(InliningError) -> LocalFunction? {
    if let part = parts[name] { return part }
    guard case .graph(let graph)? = argument else { return nil }
    guard graph.initializers.isEmpty, graph.capturedNames.isEmpty else {
      throw InliningError(reason: "the graph \(name) holds constants or reads values around it")
    }
    return LocalFunction(
      name: name, domain: "", inputs: graph.inputs.map(\.name), outputs: graph.outputs.map(\.name),
      nodes: graph.nodes, opsetImports: [:])
  }

  func constants(readBy nodes: [Node]) -> [Initializer] {
    let read = nodes.reduce(into: Set<String>()) { $0.formUnion($1.readNames) }
    return constants.filter { read.contains($0.name) || wanted.contains($0.name) }
  }

  private mutating func name(_ inner: String) -> String {
    if let known = names[inner] { return known }
    var name = "\(function.name).\(inner)"
    while !taken.insert(name).inserted { name += "_" }
    names[inner] = name
    return name
  }

  private mutating func renamed(
    _ inner: Node, _ arguments: [String: Attribute]
  ) throws(InliningError) -> Node {
    var node = inner
    for index in node.inputs.indices { node.inputs[index] = name(node.inputs[index]) }
    for index in node.outputs.indices { node.outputs[index] = name(node.outputs[index]) }
    // Inputs that end up omitted at the end are not written.
    while node.inputs.last == "" { node.inputs.removeLast() }
    for (key, value) in inner.attributes {
      switch value {
      case .reference(let source, _): node.attributes[key] = arguments[source]
      case .graph(let graph): node.attributes[key] = .graph(try renamed(graph, arguments))
      case .graphs(let graphs):
        var inner: [Graph] = []
        for graph in graphs { inner.append(try renamed(graph, arguments)) }
        node.attributes[key] = .graphs(inner)
      case .int, .ints, .float, .floats, .string, .strings, .tensor, .tensors, .sparse,
        .sparseTensors, .type, .types:
        break
      }
    }
    return node
  }

  /// A subgraph sees the values around it, whose names never occur inside it a second time.
  private mutating func renamed(
    _ inner: Graph, _ arguments: [String: Attribute]
  ) throws(InliningError) -> Graph {
    var graph = inner
    for index in graph.inputs.indices { graph.inputs[index].name = name(inner.inputs[index].name) }
    for index in graph.initializers.indices {
      graph.initializers[index].name = name(inner.initializers[index].name)
    }
    for index in graph.valueInfo.indices {
      graph.valueInfo[index].name = name(inner.valueInfo[index].name)
    }
    graph.nodes = try expanded(inner.nodes, arguments, keepsConstants: true)
    for index in graph.outputs.indices {
      graph.outputs[index].name = name(inner.outputs[index].name)
    }
    return graph
  }
}

extension Graph {
  /// Every name of a value in the graph and its subgraphs.
  fileprivate var names: Set<String> {
    var names = Set((inputs + outputs + valueInfo).map(\.name) + initializers.map(\.name))
    for node in nodes {
      names.formUnion(node.inputs + node.outputs)
      for (_, graph) in node.subgraphs { names.formUnion(graph.names) }
    }
    return names
  }
}

extension Node {
  /// The values that the node reads, its subgraphs included.
  fileprivate var readNames: Set<String> {
    var names = Set(inputs)
    for (_, graph) in subgraphs {
      for node in graph.nodes { names.formUnion(node.readNames) }
      names.formUnion(graph.outputs.map(\.name))
    }
    return names
  }

  /// The tensor that a `Constant` node stands for; nil for other kinds and unknown values.
  fileprivate var constant: Tensor? {
    guard attributes.count == 1, let value = attributes.values.first else { return nil }
    switch value {
    case .tensor(let tensor): return tensor
    case .int(let number): return Tensor(type: .i64, shape: [], wrapping: [Int128(number)])
    case .ints(let numbers):
      return Tensor(type: .i64, shape: [numbers.count], wrapping: numbers.map { Int128($0) })
    case .float(let number): return Tensor(type: .f32, shape: [], rounding: [Double(number)])
    case .floats(let numbers):
      return Tensor(type: .f32, shape: [numbers.count], rounding: numbers.map { Double($0) })
    case .string(let text): return Tensor(shape: [], strings: [text])
    case .strings(let texts): return Tensor(shape: [texts.count], strings: texts)
    case .tensors, .sparse, .sparseTensors, .graph, .graphs, .type, .types, .reference:
      return nil
    }
  }
}
