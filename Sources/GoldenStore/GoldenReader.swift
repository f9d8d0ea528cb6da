import CanonicalJSON
import Cases
import Spec
import Tensors

/// Reads goldens back from the columns that `GoldenWriter` wrote.
struct GoldenReader {
  let file: Safetensors
  /// Named in errors.
  let fileName: String

  /// Whether the file describes the case.
  func holds(_ id: String) -> Bool { file.hasText(id) }

  /// What the file says of a case besides its columns; nil for a case without a golden.
  func description(_ id: String) throws(GoldenError) -> JSON? {
    guard let text = try file.text(id) else { return nil }
    do { return try JSON(parsing: text) } catch {
      throw .malformed(file: fileName, reason: "the description of \(id): \(error)")
    }
  }

  /// The golden of a case.
  func golden(_ id: String) throws(GoldenError) -> Golden {
    guard let description = try description(id) else {
      throw .missing(caseID: id, file: fileName)
    }
    return try golden(id, described: description)
  }

  /// The golden of a case whose description is read already.
  func golden(_ id: String, described description: JSON) throws(GoldenError) -> Golden {
    var golden = Golden(outputs: try outputs(description["outputs"], "\(id)"))
    if let flushed = description["flushed"] {
      golden.flushedOutputs = try outputs(flushed, "\(id)/flushed")
    }
    return golden
  }

  /// SHA-256 (hex) of everything the file holds of each case, by the id of its golden; a body's
  /// columns may be those of its node.
  func caseDigests() throws(GoldenError) -> [String: String] {
    var names: [Substring: [String]] = [:]
    for name in file.names {
      guard let hash = name.firstIndex(of: "#") else { continue }
      names[name[..<(name[hash...].firstIndex(of: "/") ?? name.endIndex)], default: []].append(name)
    }
    var digests: [String: String] = [:]
    for id in file.textNames {
      guard let text = try file.text(id) else { continue }
      var hash = SHA256()
      hash.update(separated: text)
      let node = GoldenWriter.nodePath(of: id).map { names[$0[...]] ?? [] } ?? []
      for name in node + (names[id[...]] ?? []) {
        let bytes = try file.bytes(name) ?? []
        hash.update(separated: name)
        hash.update(count: bytes.count)
        hash.update(Array(bytes))
      }
      digests[id] = SHA256.hexadecimal(hash.digest())
    }
    return digests
  }

  private func outputs(_ list: JSON?, _ path: String) throws(GoldenError) -> [GoldenOutput] {
    guard let list = list?.array else { throw broken(path) }
    var outputs: [GoldenOutput] = []
    for (position, output) in list.enumerated() {
      guard let name = output["name"]?.string, let choices = output["alternatives"]?.array else {
        throw broken(path)
      }
      var alternatives: [GoldenValue] = []
      for (choice, value) in choices.enumerated() {
        let own = "\(path)/\(position)"
        alternatives.append(try self.value(value, choice == 0 ? own : "\(own)/or\(choice)"))
      }
      outputs.append(GoldenOutput(name: name, alternatives: alternatives))
    }
    return outputs
  }

  private func value(_ json: JSON, _ path: String) throws(GoldenError) -> GoldenValue {
    if let members = json["sequence"]?.array {
      var values: [GoldenValue] = []
      for (position, member) in members.enumerated() {
        values.append(try value(member, "\(path)/\(position)"))
      }
      return .sequence(values, element: try type(json["element"], path))
    }
    if let content = json["optional"] {
      let held = try json["value"].map { (value) throws(GoldenError) in
        try self.value(value, path + "/value")
      }
      return .optional(held, content: try type(content, path))
    }
    if let keys = json["keys"], let values = json["values"] {
      return try map(keys, values, path)
    }
    if let undefined = json["undefined"] {
      return .undefined(type: try type(undefined, path), shape: shape(json["shape"]))
    }
    return .tensor(try tensor(json, path))
  }

  private func map(
    _ keys: JSON, _ values: JSON, _ path: String
  ) throws(GoldenError) -> GoldenValue {
    guard case .exact(let names) = try tensor(keys, path + "/keys").columns else {
      throw broken(path)
    }
    let values = try tensor(values, path + "/values")
    guard names.shape == values.shape, Set(names.mapKeys).count == names.count else {
      throw broken(path)
    }
    return .map(keys: names, values: values)
  }

  private func tensor(_ json: JSON, _ path: String) throws(GoldenError) -> GoldenTensor {
    guard let type = json["type"]?.string.flatMap(ElementType.init(name:)),
      let shape = shape(json["shape"]), let count = shape.elementCount,
      let kind = json["class"]?.string.flatMap(AccuracyClass.init(rawValue:))
    else { throw broken(path) }
    let source = ColumnSource(
      file: file, fileName: fileName, json: json, path: path, type: type, shape: shape,
      count: count)
    return GoldenTensor(
      type: type, shape: shape, columns: try source.columns(kind),
      signedZero: json["signedZero"]?.bool ?? false,
      undefined: try file.bytes("\(path)/undefined", type: .u8)?.map { $0 != 0 } ?? [],
      required: try source.requiredPrecision())
  }

  private func shape(_ json: JSON?) -> Shape? {
    json?.array.map { $0.compactMap { $0.integer.map { Int(clamping: $0) } } }
  }

  private func type(_ json: JSON?, _ path: String) throws(GoldenError) -> ValueType {
    guard let text = json?.string, let type = ValueType(onnxName: text) else { throw broken(path) }
    return type
  }

  private func broken(_ path: String) -> GoldenError {
    .malformed(file: fileName, reason: "the description at \(path) is incomplete")
  }
}
