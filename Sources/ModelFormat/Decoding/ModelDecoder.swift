import Tensors

extension Model {
  /// Reads a serialised `ModelProto`.
  ///
  /// What execution needs is kept: documentation strings, metadata, training information, device
  /// placement and quantisation annotations are dropped. Sparse initialisers become dense.
  /// - Parameter externalTensors: the folder external tensors are relative to; nil refuses them.
  /// - Throws: `ModelError` naming the byte or field; the structure is checked by `validate()`.
  package init(decoding bytes: [UInt8], externalTensors: String? = nil) throws(ModelError) {
    let message = try WireFault.decode(Onnx_ModelProto.self, from: bytes)
    let decoder = ModelDecoder(external: ExternalTensors(directory: externalTensors))
    self = try decoder.model(message)
  }
}

/// Turns generated messages into the package's own types.
struct ModelDecoder {
  let external: ExternalTensors

  func model(_ message: Onnx_ModelProto) throws(ModelError) -> Model {
    let root = FieldPath.root("")
    guard message.hasIrVersion else {
      throw FieldPath.field(root, "ir_version").content("missing; this is not an ONNX model")
    }
    guard message.hasGraph else {
      throw FieldPath.field(root, "graph").content("missing; a model needs a graph")
    }
    var functions: [LocalFunction] = []
    for (index, function) in message.functions.enumerated() {
      functions.append(try self.function(function, at: .element(root, "functions", index)))
    }
    return Model(
      irVersion: message.irVersion,
      opsetImports: try imports(message.opsetImport, at: root),
      producerName: message.producerName,
      graph: try graph(message.graph, at: .field(root, "graph")),
      functions: functions)
  }

  func graph(_ message: Onnx_GraphProto, at path: FieldPath) throws(ModelError) -> Graph {
    Graph(
      name: message.name,
      nodes: try nodes(message.node, at: path),
      inputs: try valueInfos(message.input, at: path, field: "input"),
      outputs: try valueInfos(message.output, at: path, field: "output"),
      initializers: try initializers(message, at: path),
      valueInfo: try valueInfos(message.valueInfo, at: path, field: "value_info"))
  }

  func nodes(_ messages: [Onnx_NodeProto], at path: FieldPath) throws(ModelError) -> [Node] {
    var nodes: [Node] = []
    nodes.reserveCapacity(messages.count)
    for (index, message) in messages.enumerated() {
      nodes.append(try node(message, at: .element(path, "node", index)))
    }
    return nodes
  }

  private func node(_ message: Onnx_NodeProto, at path: FieldPath) throws(ModelError) -> Node {
    guard !message.opType.isEmpty else {
      throw FieldPath.field(path, "op_type").content("missing; a node names its operator")
    }
    return Node(
      name: message.name, operatorName: message.opType, domain: canonicalDomain(message.domain),
      overload: message.overload, inputs: message.input, outputs: message.output,
      attributes: try attributes(message.attribute, at: path, field: "attribute"))
  }

  private func function(
    _ message: Onnx_FunctionProto, at path: FieldPath
  ) throws(ModelError) -> LocalFunction {
    guard !message.name.isEmpty else {
      throw FieldPath.field(path, "name").content("missing; a function needs a name")
    }
    return LocalFunction(
      name: message.name, domain: canonicalDomain(message.domain), overload: message.overload,
      inputs: message.input, outputs: message.output, attributeNames: message.attribute,
      attributeDefaults: try attributes(
        message.attributeProto, at: path, field: "attribute_proto"),
      nodes: try nodes(message.node, at: path),
      opsetImports: try imports(message.opsetImport, at: path))
  }

  private func initializers(
    _ message: Onnx_GraphProto, at path: FieldPath
  ) throws(ModelError) -> [Initializer] {
    var result: [Initializer] = []
    for (index, tensor) in message.initializer.enumerated() {
      let place = FieldPath.element(path, "initializer", index)
      guard !tensor.name.isEmpty else {
        throw FieldPath.field(place, "name").content("missing; an initializer needs a name")
      }
      result.append(
        Initializer(name: tensor.name, tensor: try self.tensor(tensor, at: place)))
    }
    for (index, sparse) in message.sparseInitializer.enumerated() {
      let place = FieldPath.element(path, "sparse_initializer", index)
      guard !sparse.values.name.isEmpty else {
        throw FieldPath.field(place, "values.name").content("missing; it names the initializer")
      }
      let dense = try self.sparse(sparse, at: place).dense(at: place)
      result.append(Initializer(name: sparse.values.name, tensor: dense))
    }
    return result
  }

  private func imports(
    _ messages: [Onnx_OperatorSetIdProto], at path: FieldPath
  ) throws(ModelError) -> [String: Int64] {
    var imports: [String: Int64] = [:]
    for (index, message) in messages.enumerated() {
      let domain = canonicalDomain(message.domain)
      guard imports.updateValue(message.version, forKey: domain) == nil else {
        throw FieldPath.element(path, "opset_import", index)
          .content("domain \"\(domain)\" is imported twice")
      }
    }
    return imports
  }
}

/// The standard operator set has two spellings; the package uses the empty one.
func canonicalDomain(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }
