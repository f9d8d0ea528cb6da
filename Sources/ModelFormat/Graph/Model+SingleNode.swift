import Tensors

extension Model {
  /// A model whose graph is one call of one operator, named `operatorName`.
  ///
  /// - Parameters:
  ///   - opset: the imported version of `domain`.
  ///   - inputs: the operator's inputs in order; an empty name leaves an optional input out.
  ///   - outputs: the operator's outputs in order; an empty name is an output not wanted.
  ///   - initializers: constants; inputs of these names are not inputs of the graph.
  ///
  /// The IR version is the oldest the operator set was released under, but never one that would
  /// require constants to be graph inputs (before 4).
  package static func singleNode(
    operator operatorName: String, domain: String = "", opset: Int64,
    attributes: [String: Attribute] = [:], inputs: [ValueInfo], outputs: [ValueInfo],
    initializers: [Initializer] = []
  ) -> Model {
    let constants = Set(initializers.map(\.name))
    var inputNames = inputs.map(\.name)
    var outputNames = outputs.map(\.name)
    // Omitted inputs at the end are not written at all, which is the customary form.
    while inputNames.last == "" { inputNames.removeLast() }
    while outputNames.last == "" { outputNames.removeLast() }
    let node = Node(
      operatorName: operatorName, domain: domain, inputs: inputNames, outputs: outputNames,
      attributes: attributes)
    var fed: Set<String> = [""]
    let graph = Graph(
      name: operatorName, nodes: [node],
      // One value may feed several inputs of the operator.
      inputs: inputs.filter { !constants.contains($0.name) && fed.insert($0.name).inserted },
      outputs: outputs.filter { !$0.name.isEmpty }, initializers: initializers)
    let imports = [domain: opset]
    let version = IRVersion.oldest(for: imports)
    return Model(
      irVersion: initializers.isEmpty ? version : max(version, 4), opsetImports: imports,
      graph: graph)
  }
}
