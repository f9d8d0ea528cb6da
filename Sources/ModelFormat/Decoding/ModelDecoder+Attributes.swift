import Tensors

extension ModelDecoder {
  func attributes(
    _ messages: [Onnx_AttributeProto], at path: FieldPath, field: String
  ) throws(ModelError) -> [String: Attribute] {
    var result: [String: Attribute] = [:]
    for (index, message) in messages.enumerated() {
      guard !message.name.isEmpty else {
        throw FieldPath.element(path, field, index).content("has no name")
      }
      let place = FieldPath.entry(path, field, message.name)
      let value = try attribute(message, at: place)
      guard result.updateValue(value, forKey: message.name) == nil else {
        throw place.content("given twice")
      }
    }
    return result
  }

  private func attribute(
    _ message: Onnx_AttributeProto, at path: FieldPath
  ) throws(ModelError) -> Attribute {
    guard let kind = kind(of: message) else {
      throw FieldPath.field(path, "type").content("missing or unknown")
    }
    if !message.refAttrName.isEmpty { return .reference(message.refAttrName, kind: kind) }
    switch kind {
    case .float: return .float(message.f)
    case .int: return .int(message.i)
    case .string: return .string(try text([UInt8](message.s), at: .field(path, "s")))
    case .floats: return .floats(message.floats)
    case .ints: return .ints(message.ints)
    case .strings:
      var strings: [String] = []
      for (index, bytes) in message.strings.enumerated() {
        strings.append(try text([UInt8](bytes), at: .element(path, "strings", index)))
      }
      return .strings(strings)
    case .tensor, .tensors, .sparse, .sparseTensors:
      return try tensorAttribute(message, kind: kind, at: path)
    case .graph, .graphs, .type, .types:
      return try structuredAttribute(message, kind: kind, at: path)
    }
  }

  private func tensorAttribute(
    _ message: Onnx_AttributeProto, kind: AttributeKind, at path: FieldPath
  ) throws(ModelError) -> Attribute {
    switch kind {
    case .tensor:
      guard message.hasT else { throw FieldPath.field(path, "t").content("missing") }
      return .tensor(try tensor(message.t, at: .field(path, "t")))
    case .sparse:
      guard message.hasSparseTensor else {
        throw FieldPath.field(path, "sparse_tensor").content("missing")
      }
      return .sparse(try sparse(message.sparseTensor, at: .field(path, "sparse_tensor")))
    case .tensors:
      var tensors: [Tensor] = []
      for (index, element) in message.tensors.enumerated() {
        tensors.append(try tensor(element, at: .element(path, "tensors", index)))
      }
      return .tensors(tensors)
    default:
      var tensors: [SparseTensor] = []
      for (index, element) in message.sparseTensors.enumerated() {
        tensors.append(try sparse(element, at: .element(path, "sparse_tensors", index)))
      }
      return .sparseTensors(tensors)
    }
  }

  private func structuredAttribute(
    _ message: Onnx_AttributeProto, kind: AttributeKind, at path: FieldPath
  ) throws(ModelError) -> Attribute {
    switch kind {
    case .graph:
      guard message.hasG else { throw FieldPath.field(path, "g").content("missing") }
      return .graph(try graph(message.g, at: .field(path, "g")))
    case .type:
      guard message.hasTp else { throw FieldPath.field(path, "tp").content("missing") }
      return .type(try type(message.tp, at: .field(path, "tp")).type)
    case .graphs:
      var graphs: [Graph] = []
      for (index, element) in message.graphs.enumerated() {
        graphs.append(try graph(element, at: .element(path, "graphs", index)))
      }
      return .graphs(graphs)
    default:
      var types: [ValueType] = []
      for (index, element) in message.typeProtos.enumerated() {
        types.append(try type(element, at: .element(path, "type_protos", index)).type)
      }
      return .types(types)
    }
  }

  /// The stated kind; writers of the first IR version stated none, so the filled field decides.
  private func kind(of message: Onnx_AttributeProto) -> AttributeKind? {
    if message.hasType { return AttributeKind(rawValue: message.type.rawValue) }
    if message.hasF { return .float }
    if message.hasI { return .int }
    if message.hasS { return .string }
    if message.hasT { return .tensor }
    if message.hasG { return .graph }
    if message.hasSparseTensor { return .sparse }
    if message.hasTp { return .type }
    if !message.floats.isEmpty { return .floats }
    if !message.ints.isEmpty { return .ints }
    if !message.strings.isEmpty { return .strings }
    if !message.tensors.isEmpty { return .tensors }
    if !message.graphs.isEmpty { return .graphs }
    if !message.sparseTensors.isEmpty { return .sparseTensors }
    return message.typeProtos.isEmpty ? nil : .types
  }

  func text(_ bytes: [UInt8], at path: FieldPath) throws(ModelError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw path.content("not UTF-8")
    }
    return text
  }
}
