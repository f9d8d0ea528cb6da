import ModelFormat

/// Which values of a graph follow from which of its nodes.
struct GraphAncestry {
  private let producers: [String: Node]

  init(_ graph: Graph) {
    var producers: [String: Node] = [:]
    for node in graph.nodes {
      for name in node.outputs where !name.isEmpty { producers[name] = node }
    }
    self.producers = producers
  }

  /// Whether the value is computed from a result of the node; its own results are not.
  func isBehind(_ name: String, _ node: Node) -> Bool {
    let results = Set(node.outputs.filter { !$0.isEmpty })
    var open = producers[name]?.inputs ?? []
    var seen: Set<String> = []
    while let next = open.popLast() {
      if results.contains(next) { return true }
      guard seen.insert(next).inserted, let producer = producers[next] else { continue }
      open += producer.inputs
    }
    return false
  }
}
