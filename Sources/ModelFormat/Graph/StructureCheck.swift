/// The rules of `Model.validate()` for one graph or function body.
struct StructureCheck {
  /// Domains the nodes may use.
  let imports: Set<String>
  /// Attribute parameters of the enclosing function.
  let parameters: Set<String>

  static func function(_ function: LocalFunction) throws(StructureError) {
    let check = StructureCheck(
      imports: Set(function.opsetImports.keys),
      parameters: Set(function.attributeNames).union(function.attributeDefaults.keys))
    let place = "function \(function.identifier)"
    var own: Set<String> = []
    for name in function.inputs { try define(name, in: &own, at: place) }
    try check.nodes(function.nodes, own: &own, outer: [], pending: [], at: place)
    for name in function.outputs where !own.contains(name) {
      throw .outputNotProduced(name: name, place: place)
    }
  }

  func graph(_ graph: Graph, outer: Set<String>, at place: String) throws(StructureError) {
    var own: Set<String> = []
    for input in graph.inputs { try Self.define(input.name, in: &own, at: place) }
    var constants: Set<String> = []
    // A constant with the name of an input is that input's default.
    for constant in graph.initializers {
      try Self.define(constant.name, in: &constants, at: place)
    }
    own.formUnion(constants)
    let pending = Set(graph.pendingInitializers.map(\.name))
    try nodes(graph.nodes, own: &own, outer: outer, pending: pending, at: place)
    for output in graph.outputs where !own.contains(output.name) {
      throw .outputNotProduced(name: output.name, place: place)
    }
  }

  private static func define(
    _ name: String, in names: inout Set<String>, at place: String
  ) throws(StructureError) {
    guard !name.isEmpty else { throw .emptyName(place: place) }
    guard names.insert(name).inserted else { throw .duplicateValue(name: name, place: place) }
  }

  private func nodes(
    _ nodes: [Node], own: inout Set<String>, outer: Set<String>, pending: Set<String>,
    at place: String
  ) throws(StructureError) {
    let produced = Set(nodes.flatMap(\.outputs)).subtracting([""])
    for (index, node) in nodes.enumerated() {
      let here = "\(place).node[\(index)] \(node.operatorName)"
      try identity(node, at: here)
      for name in node.dependencies where !own.contains(name) && !outer.contains(name) {
        if produced.contains(name) {
          try refuseCycle(nodes, produced: produced)
          throw .unsorted(name: name, place: here)
        }
        if pending.contains(name) { throw .missingConstant(name: name, place: here) }
        throw .undefinedValue(name: name, place: here)
      }
      for (attribute, graph) in node.subgraphs {
        try self.graph(graph, outer: outer.union(own), at: "\(here).\(attribute)")
      }
      for output in node.outputs where !output.isEmpty {
        guard !outer.contains(output) else {
          throw .duplicateValue(name: output, place: here)
        }
        try Self.define(output, in: &own, at: here)
      }
    }
  }

  private func identity(_ node: Node, at place: String) throws(StructureError) {
    guard !node.operatorName.isEmpty else { throw .emptyName(place: place) }
    guard imports.contains(node.domain) else {
      throw .missingImport(domain: node.domain, place: place)
    }
    for (_, value) in node.attributes.sorted(by: { $0.key < $1.key }) {
      if case .reference(let name, _) = value, !parameters.contains(name) {
        throw .unknownParameter(name: name, place: place)
      }
    }
  }

  /// Removes nodes whose inputs are available until nothing changes; what stays is on a cycle
  /// or behind one.
  private func refuseCycle(_ nodes: [Node], produced: Set<String>) throws(StructureError) {
    var waiting = nodes.enumerated().map { index, node in
      (index: index, node: node, needs: Set(node.dependencies).intersection(produced))
    }
    var available: Set<String> = []
    var ready = waiting.filter(\.needs.isEmpty)
    while !ready.isEmpty {
      waiting.removeAll { $0.needs.isSubset(of: available) }
      for entry in ready { available.formUnion(entry.node.outputs) }
      ready = waiting.filter { $0.needs.isSubset(of: available) }
    }
    guard waiting.isEmpty else {
      throw .cycle(waiting.map { "node[\($0.index)] \($0.node.operatorName)" })
    }
  }
}
