import Tensors

extension Model {
  /// Reads ONNX's textual syntax (onnx/onnx, docs/Syntax.md).
  ///
  /// A constant in the `<…>` list after the outputs may stand without a value: it becomes an
  /// entry of `valueInfo`, to be given with `Graph.supplying(_:)`. Without `ir_version` the oldest
  /// one fitting the imports is taken. In tensor constants of types narrower than 32-bit floats
  /// an integer is a bit pattern and a number with a point or exponent is a value.
  /// - Parameter externalTensors: the folder external constants are relative to; nil refuses them.
  /// - Throws: `ModelError.text` with line and column.
  package init(text: String, externalTensors: String? = nil) throws(ModelError) {
    var parser = TextParser(text, external: ExternalTensors(directory: externalTensors))
    self = try parser.model()
  }
}

extension Graph {
  /// Reads one graph in ONNX's textual syntax; see `Model.init(text:externalTensors:)`.
  package init(text: String, externalTensors: String? = nil) throws(ModelError) {
    var parser = TextParser(text, external: ExternalTensors(directory: externalTensors))
    self = try parser.graph()
    try parser.expectEnd()
  }
}

/// A recursive-descent reader of ONNX's textual syntax.
struct TextParser {
  var scanner: TextScanner
  let external: ExternalTensors
  /// Attribute parameters of the function being read; they give `@name` its kind.
  var parameterKinds: [String: AttributeKind] = [:]
  private var depth = 0

  init(_ text: String, external: ExternalTensors) {
    scanner = TextScanner(text)
    self.external = external
  }

  mutating func expectEnd() throws(ModelError) {
    guard scanner.peek() == nil else {
      throw scanner.failure("expected the end of the text, found \(scanner.found())")
    }
  }

  mutating func model() throws(ModelError) -> Model {
    let header = try header()
    var model = Model(
      irVersion: header.irVersion ?? IRVersion.oldest(for: header.opsetImports),
      opsetImports: header.opsetImports, producerName: header.producerName, graph: try graph())
    while scanner.peek() != nil { model.functions.append(try function()) }
    return model
  }

  mutating func graph() throws(ModelError) -> Graph {
    try enter()
    defer { depth -= 1 }
    var graph = Graph(
      name: try scanner.expectName("the name of a graph"), nodes: [], inputs: [], outputs: [])
    try scanner.expect("(", "before the inputs of the graph")
    // A constant given with an input is its default, so the input stays an input.
    (graph.inputs, graph.initializers) = try declarations(until: ")")
    try scanner.expectArrow()
    try scanner.expect("(", "before the outputs of the graph")
    graph.outputs = try valueInfos(until: ")")
    if scanner.accept("<") {
      let (declared, constants) = try declarations(until: ">")
      let given = Set(constants.map(\.name))
      graph.valueInfo = declared.filter { !given.contains($0.name) }
      graph.initializers += constants
    }
    graph.nodes = try nodes()
    return graph
  }

  /// Refuses nesting that would exhaust the stack.
  mutating func enter() throws(ModelError) {
    guard depth < ModelLimits.textDepth else {
      throw scanner.failure("nested deeper than \(ModelLimits.textDepth) levels")
    }
    depth += 1
  }

  mutating func leave() { depth -= 1 }

  mutating func nodes() throws(ModelError) -> [Node] {
    try scanner.expect("{", "before the nodes")
    var nodes: [Node] = []
    while !scanner.accept("}") { nodes.append(try node()) }
    return nodes
  }

  private mutating func node() throws(ModelError) -> Node {
    var label = ""
    if scanner.accept("[") {
      label = try scanner.expectName("the name of a node")
      try scanner.expect("]", "after the name of a node")
    }
    let outputs = try names(until: "=")
    try scanner.expect("=", "after the outputs of a node")
    var path = [try scanner.expectWord("an operator")]
    while scanner.accept(".") { path.append(try scanner.expectWord("a part of the operator")) }
    let overload = scanner.accept(":") ? try scanner.expectWord("an overload") : ""
    var attributes = try attributes()
    try scanner.expect("(", "before the inputs of a node")
    let inputs = try names(until: ")")
    try scanner.expect(")", "after the inputs of a node")
    if attributes == nil { attributes = try self.attributes() }
    return Node(
      name: label, operatorName: path[path.count - 1],
      domain: canonicalDomain(path.dropLast().joined(separator: ".")), overload: overload,
      inputs: inputs, outputs: outputs, attributes: attributes ?? [:])
  }

  /// Value names; nothing before a comma, or `""`, is a name left out.
  mutating func names(until end: Unicode.Scalar) throws(ModelError) -> [String] {
    var names: [String] = []
    while !scanner.isNext(end) {
      names.append(
        scanner.isNext(",") ? "" : try scanner.expectName("a value name or '\(end)'"))
      guard scanner.accept(",") else { break }
    }
    return names
  }
}
