extension Model {
  /// Checks the structure: single assignment, order of the nodes, imports, produced outputs.
  ///
  /// Whether operators exist and types fit is not checked; that takes the operator schemas.
  /// - Throws: the first `StructureError`, in the order of the file.
  package func validate() throws(StructureError) {
    let check = StructureCheck(imports: Set(opsetImports.keys), parameters: [])
    try check.graph(graph, outer: [], at: "graph")
    var names: Set<String> = []
    for function in functions {
      guard names.insert(function.identifier).inserted else {
        throw .duplicateFunction(function.identifier)
      }
      try StructureCheck.function(function)
    }
    try refuseRecursion()
  }

  private func refuseRecursion() throws(StructureError) {
    var calls: [String: Set<String>] = [:]
    for function in functions { calls[function.identifier] = function.nodes.calledOperators }
    // Functions that call no remaining function are removed until nothing changes.
    while let leaf = calls.first(where: { $0.value.allSatisfy { calls[$0] == nil } }) {
      calls[leaf.key] = nil
    }
    guard calls.isEmpty else { throw .recursion(calls.keys.sorted()) }
  }
}

extension LocalFunction {
  /// Domain, name and overload in the form the textual syntax uses.
  package var identifier: String { Node.identifier(domain, name, overload) }
}

extension Node {
  static func identifier(_ domain: String, _ name: String, _ overload: String) -> String {
    (domain.isEmpty ? "" : domain + ".") + name + (overload.isEmpty ? "" : ":" + overload)
  }

  /// The subgraphs among the attributes, in the order of their names.
  package var subgraphs: [(attribute: String, graph: Graph)] {
    var found: [(attribute: String, graph: Graph)] = []
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .graph(let graph): found.append((name, graph))
      case .graphs(let graphs): found += graphs.map { (name, $0) }
      case .int, .ints, .float, .floats, .string, .strings, .tensor, .tensors, .sparse,
        .sparseTensors, .type, .types, .reference:
        continue
      }
    }
    return found
  }

  /// Outer values that this node reads: its inputs and what its subgraphs capture.
  package var dependencies: [String] {
    inputs.filter { !$0.isEmpty } + subgraphs.flatMap { $0.graph.capturedNames }
  }
}

extension Graph {
  /// Values of enclosing graphs that this subgraph reads.
  package var capturedNames: [String] {
    var own = Set(inputs.map(\.name)).union(initializers.map(\.name))
    for node in nodes { own.formUnion(node.outputs) }
    return nodes.flatMap(\.dependencies).filter { !own.contains($0) }
  }
}

extension [Node] {
  fileprivate var calledOperators: Set<String> {
    var names: Set<String> = []
    for node in self {
      names.insert(Node.identifier(node.domain, node.operatorName, node.overload))
      for (_, graph) in node.subgraphs { names.formUnion(graph.nodes.calledOperators) }
    }
    return names
  }
}
