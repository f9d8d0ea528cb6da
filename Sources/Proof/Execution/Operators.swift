import ModelFormat

/// The operators that take part in a model, those of inner graphs and functions included.
enum Operators {
  /// Names without doubles, in order.
  static func of(_ model: Model) -> [String] {
    var names: Set<String> = []
    collect(model.graph.nodes, &names)
    for function in model.functions { collect(function.nodes, &names) }
    return names.sorted()
  }

  private static func collect(_ nodes: [Node], _ names: inout Set<String>) {
    for node in nodes {
      names.insert(node.operatorName)
      for attribute in node.attributes.values {
        switch attribute {
        case .graph(let graph): collect(graph.nodes, &names)
        case .graphs(let graphs): for graph in graphs { collect(graph.nodes, &names) }
        case .int, .ints, .float, .floats, .string, .strings, .tensor, .tensors, .sparse,
          .sparseTensors, .type, .types, .reference:
          break
        }
      }
    }
  }
}
