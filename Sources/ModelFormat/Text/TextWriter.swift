import Tensors

extension Model {
  /// The model in ONNX's textual syntax, constants written out in full.
  ///
  /// Reading the text back gives an equal model, with these exceptions: constants that are
  /// defaults of inputs come first, in the order of the inputs; the payload of a NaN is lost; and
  /// so is a shape known without an element type.
  /// - Throws: `ModelError.unsupported` for what the syntax cannot say: sparse attributes,
  ///   operators, domains or attributes whose names are not identifiers.
  package func text() throws(ModelError) -> String {
    var writer = TextWriter()
    try writer.model(self)
    return writer.text
  }
}

extension Graph {
  /// The graph in ONNX's textual syntax; see `Model.text()`.
  package func text() throws(ModelError) -> String {
    var writer = TextWriter()
    try writer.graph(self, at: .root("graph"))
    return writer.text + "\n"
  }
}

/// Writes ONNX's textual syntax, one node a line.
struct TextWriter {
  private(set) var text = ""
  private var indent = 0

  mutating func write(_ part: String) { text += part }

  private mutating func line(_ part: String) {
    text += "\n" + String(repeating: "  ", count: indent) + part
  }

  mutating func model(_ model: Model) throws(ModelError) {
    write("<\n  ir_version: \(model.irVersion)")
    write(",\n  opset_import: \(imports(model.opsetImports))")
    if !model.producerName.isEmpty {
      write(",\n  producer_name: \(TextWriter.quoted(model.producerName))")
    }
    write("\n>\n")
    try graph(model.graph, at: .root("graph"))
    for (index, function) in model.functions.enumerated() {
      write("\n")
      try self.function(function, at: .element(.root(""), "functions", index))
    }
    write("\n")
  }

  mutating func graph(_ graph: Graph, at path: FieldPath) throws(ModelError) {
    let defaults = Dictionary(
      graph.initializers.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
    let inputNames = Set(graph.inputs.map(\.name))
    write(TextWriter.name(graph.name) + " (")
    for (index, input) in graph.inputs.enumerated() {
      write((index > 0 ? ", " : "") + TextWriter.declaration(input))
      if let tensor = defaults[input.name], input.admits(tensor), input.shape?.isFixed == true {
        write(" = " + TextWriter.elements(of: tensor))
      } else if defaults[input.name] != nil {
        throw .unsupported(path: path.description, feature: "a default of an input of open shape")
      }
    }
    write(") => (" + graph.outputs.map(TextWriter.declaration).joined(separator: ", ") + ")")
    let constants = graph.initializers.filter { !inputNames.contains($0.name) }.map {
      TextWriter.declaration($0) + " = " + TextWriter.elements(of: $0.tensor)
    }
    let listed = constants + graph.valueInfo.map(TextWriter.declaration)
    if !listed.isEmpty {
      indent += 1
      line("<" + listed.joined(separator: ",\n " + String(repeating: "  ", count: indent)) + ">")
      indent -= 1
    }
    try nodes(graph.nodes, at: path)
  }

  private mutating func nodes(_ nodes: [Node], at path: FieldPath) throws(ModelError) {
    line("{")
    indent += 1
    for (index, node) in nodes.enumerated() {
      line("")
      try self.node(node, at: .element(path, "node", index))
    }
    indent -= 1
    line("}")
  }

  private mutating func node(_ node: Node, at path: FieldPath) throws(ModelError) {
    let parts = node.domain.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let words = (node.domain.isEmpty ? [] : parts) + [node.operatorName]
    guard words.allSatisfy(TextWriter.isIdentifier),
      node.overload.isEmpty || TextWriter.isIdentifier(node.overload)
    else {
      throw .unsupported(
        path: path.description, feature: "operator \(words.joined(separator: ".")) in text")
    }
    if !node.name.isEmpty { write("[\(TextWriter.name(node.name))] ") }
    write(node.outputs.map(TextWriter.name).joined(separator: ", "))
    write((node.outputs.isEmpty ? "" : " ") + "= " + words.joined(separator: "."))
    if !node.overload.isEmpty { write(":" + node.overload) }
    if !node.attributes.isEmpty {
      write(" <")
      try attributes(node.attributes, at: path)
      write(">")
    }
    write(" (" + node.inputs.map(TextWriter.name).joined(separator: ", ") + ")")
  }

  private mutating func function(
    _ function: LocalFunction, at path: FieldPath
  ) throws(ModelError) {
    write("<\n  domain: \(TextWriter.quoted(function.domain))")
    if !function.overload.isEmpty {
      write(",\n  overload: \(TextWriter.quoted(function.overload))")
    }
    write(",\n  opset_import: \(imports(function.opsetImports))\n>\n")
    write(TextWriter.name(function.name) + " ")
    if !function.attributeNames.isEmpty || !function.attributeDefaults.isEmpty {
      write("<" + function.attributeNames.map(TextWriter.name).joined(separator: ", "))
      if !function.attributeNames.isEmpty && !function.attributeDefaults.isEmpty { write(", ") }
      try attributes(function.attributeDefaults, at: path)
      write("> ")
    }
    write("(" + function.inputs.map(TextWriter.name).joined(separator: ", ") + ") => (")
    write(function.outputs.map(TextWriter.name).joined(separator: ", ") + ")")
    try nodes(function.nodes, at: path)
  }

  private func imports(_ imports: [String: Int64]) -> String {
    let entries = imports.sorted { $0.key < $1.key }
      .map { "\(TextWriter.quoted($0.key)) : \($0.value)" }
    return "[" + entries.joined(separator: ", ") + "]"
  }
}

extension [Dimension] {
  fileprivate var isFixed: Bool {
    allSatisfy { if case .fixed = $0 { true } else { false } }
  }
}
