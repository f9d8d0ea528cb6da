import ModelFormat
import Spec
import Tensors

/// Makes the attributes of one case.
struct AttributeBuilder {
  let values: ValueBuilder
  let schema: OperatorSchema
  /// Whether the schema may be violated on purpose.
  let isReject: Bool

  /// The attributes of resolved members; `omitted` and null leave one out.
  func attributes(_ members: [Syntax.Member]) throws(SyntaxFault) -> [String: Attribute] {
    var result: [String: Attribute] = [:]
    for member in members where !member.value.isNull && !member.value.isWord("omitted") {
      result[member.key] = try attribute(member)
    }
    if !isReject {
      for (name, attribute) in schema.attributes.sorted(by: { $0.key < $1.key })
      where attribute.isRequired && result[name] == nil {
        throw SyntaxFault(
          members.first?.line ?? 0,
          "attribute \"\(name)\" of \(schema.name)-\(schema.sinceVersion) is required",
          remedy: "give it, or expect: must-reject")
      }
    }
    return result
  }

  private func attribute(_ member: Syntax.Member) throws(SyntaxFault) -> Attribute {
    if let forced = try forced(member) { return forced }
    guard let kind = schema.attributes[member.key]?.kind else {
      guard isReject else {
        throw .unknown(
          "attribute of \(schema.name)-\(schema.sinceVersion)", member.key, at: member.line,
          known: schema.attributes.keys)
      }
      throw SyntaxFault(
        member.line, "the standard gives \"\(member.key)\" no type",
        remedy: "write it out: {int: 1}, {floats: [1.5]}, {string: \"…\"}")
    }
    return try attribute(member.value, kind, member.key)
  }

  /// `{float: 1.5}`: a type other than the schema's, or for an attribute it does not know.
  private func forced(_ member: Syntax.Member) throws(SyntaxFault) -> Attribute? {
    guard let members = member.value.members, members.count == 1, let inner = members.first,
      let kind = AttributeKind(onnxName: inner.key)
    else { return nil }
    return try attribute(inner.value, kind, member.key)
  }

  private func attribute(
    _ syntax: Syntax, _ kind: AttributeKind, _ name: String
  ) throws(SyntaxFault) -> Attribute {
    switch kind {
    case .int: .int(try integer(syntax, name))
    case .float: .float(try float(syntax, name))
    case .string: .string(try text(syntax, name))
    case .ints: .ints(try list(syntax, name, integer))
    case .floats: .floats(try list(syntax, name, float))
    case .strings: .strings(try list(syntax, name, text))
    case .tensor: .tensor(try tensor(syntax, name))
    case .tensors:
      .tensors(try list(syntax, name) { s, n throws(SyntaxFault) in try tensor(s, n) })
    case .graph: .graph(try graph(syntax, name))
    case .graphs: .graphs(try list(syntax, name, graph))
    case .sparse: .sparse(try sparse(syntax, name))
    case .sparseTensors: .sparseTensors(try list(syntax, name, sparse))
    case .type: .type(try syntax.valueType())
    case .types: .types(try list(syntax, name) { s, _ throws(SyntaxFault) in try s.valueType() })
    }
  }

  private func list<Element>(
    _ syntax: Syntax, _ name: String,
    _ element: (Syntax, String) throws(SyntaxFault) -> Element
  ) throws(SyntaxFault) -> [Element] {
    var result: [Element] = []
    for entry in try syntax.requireElements(name) { result.append(try element(entry, name)) }
    return result
  }

  /// An integer, a bool, or an element type, which stands for its number in the standard.
  private func integer(_ syntax: Syntax, _ name: String) throws(SyntaxFault) -> Int64 {
    switch syntax.text {
    case "true"?: return 1
    case "false"?: return 0
    case let text?:
      if let type = ElementType(name: text) { return Int64(type.rawValue) }
      fallthrough
    default: return try syntax.requireInteger(name)
    }
  }

  /// Read as binary32 directly, so that decimal text is rounded once.
  private func float(_ syntax: Syntax, _ name: String) throws(SyntaxFault) -> Float {
    guard let text = syntax.text, let value = Float(text) else {
      throw SyntaxFault(syntax.line, "\(name) must be a number, found \(syntax.summary)")
    }
    return value
  }

  private func text(_ syntax: Syntax, _ name: String) throws(SyntaxFault) -> String {
    guard let text = syntax.text else { throw SyntaxFault(syntax.line, "\(name) must be text") }
    return text
  }

  private func tensor(_ syntax: Syntax, _ name: String) throws(SyntaxFault) -> Tensor {
    let members = try syntax.requireMembers(name)
    try members.requireKeys(["type", "shape", "fill", "values", "place"])
    guard let type = members["type"] else {
      throw SyntaxFault(syntax.line, "a tensor attribute needs a type")
    }
    return try values.tensor(members, type.elementType(), syntax.line, "attribute \(name)")
  }

  /// `{shape: [3, 4], indices: {…}, values: {…}}`.
  private func sparse(_ syntax: Syntax, _ name: String) throws(SyntaxFault) -> SparseTensor {
    let members = try syntax.requireMembers(name)
    try members.requireKeys(["shape", "indices", "values"])
    guard let shape = members["shape"], let indices = members["indices"],
      let stored = members["values"]
    else { throw SyntaxFault(syntax.line, "a sparse tensor needs shape, indices and values") }
    return SparseTensor(
      shape: try shape.shape(), values: try tensor(stored, name + " values"),
      indices: try tensor(indices, name + " indices"))
  }

  private func graph(_ syntax: Syntax, _ name: String) throws(SyntaxFault) -> Graph {
    let text = try text(syntax, name)
    do throws(ModelError) {
      return try Graph(text: text)
    } catch {
      throw SyntaxFault(syntax.line, "\(name): \(error)")
    }
  }
}
