import ModelFormat

/// Checks model-local functions that no node may call: recursion is an error even then.
enum FunctionCheck {
  /// - Throws: `invalidModel` when a function calls itself, directly or through others.
  static func check(_ functions: [LocalFunction]) throws(KernelError) {
    var bodies: [String: Set<String>] = [:]
    for function in functions {
      bodies[key(function.domain, function.name, function.overload)] = calls(in: function.nodes)
    }
    // Removing functions that call nothing any more leaves exactly those on or above a cycle.
    var remaining = bodies.mapValues { $0.filter { bodies[$0] != nil } }
    while true {
      let leaves = Set(remaining.filter { $0.value.isEmpty }.keys)
      if leaves.isEmpty { break }
      remaining = remaining.filter { !leaves.contains($0.key) }
        .mapValues { $0.subtracting(leaves) }
    }
    if let function = remaining.keys.min() {
      throw .invalidModel("function \(function) calls itself or a function that does")
    }
  }

  private static func key(_ domain: String, _ name: String, _ overload: String) -> String {
    let place = CompileContext.canonical(domain)
    return place + "." + name + (overload.isEmpty ? "" : ":" + overload)
  }

  private static func calls(in nodes: [Node]) -> Set<String> {
    var names: Set<String> = []
    for node in nodes {
      names.insert(key(node.domain, node.operatorName, node.overload))
      for attribute in node.attributes.values {
        if case .graph(let graph) = attribute { names.formUnion(calls(in: graph.nodes)) }
      }
    }
    return names
  }
}
