package import Tensors

extension Graph {
  /// Values declared with a type that nothing feeds or computes: constants the caller supplies.
  ///
  /// Textual models declare their weights this way and leave the numbers to a seed.
  package var pendingInitializers: [ValueInfo] {
    var known = Set(inputs.map(\.name)).union(initializers.map(\.name))
    for node in nodes { known.formUnion(node.outputs) }
    return valueInfo.filter { !known.contains($0.name) }
  }

  /// The graph with every declared constant given its value.
  ///
  /// - Throws: `StructureError` when a constant is missing, unknown, or does not fit its type or
  ///   a fixed dimension of its shape.
  package func supplying(_ constants: [String: Tensor]) throws(StructureError) -> Graph {
    let pending = pendingInitializers
    let names = Set(pending.map(\.name))
    for name in constants.keys.sorted() where !names.contains(name) {
      throw .unknownConstant(name: name)
    }
    var graph = self
    for declared in pending {
      guard let tensor = constants[declared.name] else {
        throw .missingConstant(name: declared.name, place: "graph \(name)")
      }
      guard declared.admits(tensor) else {
        throw .constantMismatch(
          name: declared.name, declared: declared.typeDescription,
          supplied: "\(tensor.type.onnxName)\(tensor.shape)")
      }
      graph.initializers.append(Initializer(name: declared.name, tensor: tensor))
    }
    graph.valueInfo.removeAll { names.contains($0.name) }
    return graph
  }
}

extension ValueInfo {
  /// Whether a tensor has the declared element type, rank and fixed dimensions.
  package func admits(_ tensor: Tensor) -> Bool {
    if let type, type != .tensor(tensor.type) { return false }
    guard let shape else { return true }
    guard shape.count == tensor.shape.count else { return false }
    return zip(shape, tensor.shape).allSatisfy { declared, actual in
      switch declared {
      case .fixed(let size): size == actual
      case .symbolic, .unknown: true
      }
    }
  }

  /// Type and shape as a person writes them, e.g. `tensor(float)[N, 3]`.
  package var typeDescription: String {
    let sizes = shape?.map { dimension in
      switch dimension {
      case .fixed(let size): "\(size)"
      case .symbolic(let name): name
      case .unknown: "?"
      }
    }
    let text = type.map(String.init(describing:)) ?? "any type"
    return text + (sizes.map { "[\($0.joined(separator: ", "))]" } ?? " of any rank")
  }
}
