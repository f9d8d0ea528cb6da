import Tensors

extension TextWriter {
  /// Attributes in the order of their names, each with its kind.
  mutating func attributes(
    _ attributes: [String: Attribute], at path: FieldPath
  ) throws(ModelError) {
    for (index, (name, value)) in attributes.sorted(by: { $0.key < $1.key }).enumerated() {
      guard TextWriter.isIdentifier(name) else {
        throw .unsupported(path: path.description, feature: "attribute \"\(name)\" in text")
      }
      write((index > 0 ? ", " : "") + "\(name): \(value.kind.onnxName) = ")
      try attribute(value, at: .entry(path, "attribute", name))
    }
  }

  private mutating func attribute(
    _ value: Attribute, at path: FieldPath
  ) throws(ModelError) {
    switch value {
    case .int(let value): write("\(value)")
    case .ints(let values): write(list(values.map { "\($0)" }))
    case .float(let value): write(TextWriter.number(value))
    case .floats(let values): write(list(values.map(TextWriter.number)))
    case .string(let value): write(TextWriter.quoted(value))
    case .strings(let values): write(list(values.map(TextWriter.quoted)))
    case .tensor(let tensor): write(TextWriter.constant(tensor))
    case .tensors(let tensors): write(list(tensors.map(TextWriter.constant)))
    case .graph(let graph): try self.graph(graph, at: path)
    case .graphs(let graphs):
      write("[")
      for (index, graph) in graphs.enumerated() {
        if index > 0 { write(", ") }
        try self.graph(graph, at: path)
      }
      write("]")
    // Attribute types carry no shape, which the syntax spells as unknown rank.
    case .type(let type): write(TextWriter.type(type, shape: nil))
    case .types(let types): write(list(types.map { TextWriter.type($0, shape: nil) }))
    case .sparse, .sparseTensors:
      throw .unsupported(path: path.description, feature: "a sparse attribute in text")
    case .reference(let parameter, _): write("@" + TextWriter.name(parameter))
    }
  }

  private func list(_ parts: [String]) -> String { "[" + parts.joined(separator: ", ") + "]" }
}
