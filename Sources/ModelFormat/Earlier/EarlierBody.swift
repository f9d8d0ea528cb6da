import Tensors

/// The body of one node of an earlier version, as a rule writes it.
struct EarlierBody {
  let node: Node
  /// The since-version of the node.
  let version: Int64
  /// The operator set that the body is written in.
  var opset: Int64 = EarlierVersion.firstPlainSet
  /// Values of enclosing graphs that the body reads.
  var captured: [String] = []
  /// Begins every name of the body; no name in the node begins like this.
  let prefix: String
  private(set) var nodes: [Node] = []
  private var names = 0

  init(_ node: Node, version: Int64) {
    self.node = node
    self.version = version
    var prefix = "earlier."
    let taken = node.allNames
    while taken.contains(where: { $0.hasPrefix(prefix) }) { prefix += "." }
    self.prefix = prefix
  }

  /// The node's input at a position inside of the body; empty where it is left out.
  func input(_ position: Int) -> String {
    guard position < node.inputs.count, !node.inputs[position].isEmpty else { return "" }
    return "\(prefix)in\(position)"
  }

  /// All inputs by position.
  var inputs: [String] { node.inputs.indices.map { input($0) } }

  /// All outputs by position, those nobody wants included.
  var outputs: [String] { node.outputs.indices.map { "\(prefix)out\($0)" } }

  /// A name that nothing else has.
  mutating func fresh() -> String {
    names += 1
    return "\(prefix)v\(names)"
  }

  /// Appends a node.
  mutating func add(_ node: Node) { nodes.append(node) }

  /// Takes all nodes away; names go on.
  mutating func empty() { nodes = [] }

  /// Goes on with names behind those of a body inside of this one.
  mutating func `continue`(after inner: EarlierBody) { names = inner.names }

  /// Appends a call of one result and gives its name.
  mutating func call(
    _ operatorName: String, _ inputs: [String], _ attributes: [String: Attribute] = [:]
  ) -> String {
    let name = fresh()
    nodes.append(
      Node(
        operatorName: operatorName, inputs: inputs, outputs: [name], attributes: attributes))
    return name
  }

  /// Appends a call of several results and gives their names.
  mutating func calls(
    _ operatorName: String, _ inputs: [String], _ attributes: [String: Attribute], count: Int
  ) -> [String] {
    var names: [String] = []
    for _ in 0..<count { names.append(fresh()) }
    nodes.append(
      Node(
        operatorName: operatorName, inputs: inputs, outputs: names, attributes: attributes))
    return names
  }

  /// Appends the call that gives the results of the node.
  mutating func result(
    _ operatorName: String, _ inputs: [String], _ attributes: [String: Attribute] = [:]
  ) {
    nodes.append(
      Node(
        name: node.name, operatorName: operatorName, inputs: inputs, outputs: outputs,
        attributes: attributes))
  }

  /// A constant vector of integers.
  mutating func integers(_ values: [Int64]) throws(EarlierVersionError) -> String {
    let codes = values.map { UInt64(bitPattern: $0) }
    guard let tensor = Tensor(type: .i64, shape: [values.count], codes: codes) else {
      throw unsupported("a list of \(values.count) integers")
    }
    return call("Constant", [], ["value": .tensor(tensor)])
  }

  /// A constant vector of numbers.
  mutating func floats(_ values: [Float]) throws(EarlierVersionError) -> String {
    let codes = values.map { UInt64($0.bitPattern) }
    guard let tensor = Tensor(type: .f32, shape: [values.count], codes: codes) else {
      throw unsupported("a list of \(values.count) numbers")
    }
    return call("Constant", [], ["value": .tensor(tensor)])
  }

  /// As many ones as a vector of one integer says.
  mutating func ones(_ count: String) throws(EarlierVersionError) -> String {
    guard let one = Tensor(type: .i64, shape: [1], codes: [1]) else {
      throw unsupported("a constant")
    }
    return call("ConstantOfShape", [count], ["value": .tensor(one)])
  }

  func finished(imports: [String: Int64]) -> EarlierVersion.Body {
    var opsets = imports
    opsets["ai.onnx"] = nil
    opsets[""] = opset
    let parameters = node.inputs.indices.map { "\(prefix)in\($0)" }
    let function = LocalFunction(
      name: node.operatorName, domain: "", inputs: parameters + captured, outputs: outputs,
      nodes: nodes, opsetImports: opsets)
    return EarlierVersion.Body(function: function, captured: captured)
  }
}

// Refusals, and attributes whose kinds the signature has checked.
extension EarlierBody {
  private var place: String {
    "\(node.operatorName)-\(version)" + (node.name.isEmpty ? "" : " \"\(node.name)\"")
  }

  func invalid(_ reason: String) -> EarlierVersionError {
    EarlierVersionError(kind: .invalid, place: place, reason: reason)
  }

  func unsupported(_ reason: String) -> EarlierVersionError {
    EarlierVersionError(kind: .unsupported, place: place, reason: reason)
  }

  /// An integer attribute; nil without it.
  func int(_ name: String) throws(EarlierVersionError) -> Int64? {
    guard let attribute = node.attributes[name] else { return nil }
    guard let value = attribute.intValue else { throw invalid("\(name) is no integer") }
    return value
  }

  /// A list of integers; nil without it.
  func ints(_ name: String) throws(EarlierVersionError) -> [Int64]? {
    guard let attribute = node.attributes[name] else { return nil }
    guard let value = attribute.intsValue else { throw invalid("\(name) is no list of integers") }
    return value
  }

  /// A number; nil without it.
  func float(_ name: String) throws(EarlierVersionError) -> Float? {
    guard let attribute = node.attributes[name] else { return nil }
    guard let value = attribute.floatValue else { throw invalid("\(name) is no number") }
    return value
  }

  /// A text; nil without it.
  func string(_ name: String) throws(EarlierVersionError) -> String? {
    guard let attribute = node.attributes[name] else { return nil }
    guard let value = attribute.stringValue else { throw invalid("\(name) is no text") }
    return value
  }

  /// The attributes without some of them.
  func attributes(without names: String...) -> [String: Attribute] {
    node.attributes.filter { !names.contains($0.key) }
  }
}

extension Node {
  /// Every name of a value in the node and in its subgraphs.
  fileprivate var allNames: Set<String> {
    var names = Set(inputs + outputs)
    for (_, graph) in subgraphs {
      names.formUnion(graph.inputs.map(\.name) + graph.outputs.map(\.name))
      names.formUnion(graph.initializers.map(\.name))
      for inner in graph.nodes { names.formUnion(inner.allNames) }
    }
    return names
  }
}
