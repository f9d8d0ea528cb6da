import ModelFormat

extension [String: Attribute] {
  /// The attributes of a function's inner node with references replaced by the call's arguments;
  /// a reference to an argument that is absent leaves the attribute out.
  func resolved(with arguments: [String: Attribute]) throws(EvaluationError) -> [String: Attribute]
  {
    var result: [String: Attribute] = [:]
    for (name, attribute) in self {
      switch attribute {
      case .reference(let source, _): result[name] = arguments[source]
      case .graph(var graph):
        for position in graph.nodes.indices {
          graph.nodes[position].attributes = try graph.nodes[position].attributes.resolved(
            with: arguments)
        }
        result[name] = .graph(graph)
      default: result[name] = attribute
      }
    }
    return result
  }
}
