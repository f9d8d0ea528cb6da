import Tensors

extension TextParser {
  /// The parts of a `<key: value, …>` list that are kept.
  struct Header {
    var irVersion: Int64?
    var opsetImports: [String: Int64] = [:]
    var producerName = ""
    var domain = ""
    var overload = ""
  }

  /// Reads the list in front of a model or function; documentation and metadata are dropped.
  mutating func header() throws(ModelError) -> Header {
    var header = Header()
    guard scanner.accept("<") else { return header }
    repeat {
      let key = try scanner.expectWord("a key such as opset_import")
      try scanner.expect(":", "after \"\(key)\"")
      switch key {
      case "ir_version": header.irVersion = try integer()
      case "opset_import": header.opsetImports = try imports()
      case "producer_name": header.producerName = try scanner.quoted()
      case "domain": header.domain = try scanner.quoted()
      case "overload": header.overload = try scanner.quoted()
      case "producer_version", "doc_string": _ = try scanner.quoted()
      case "model_version": _ = try integer()
      case "metadata_props": _ = try textPairs()
      default: throw scanner.failure("unknown key \"\(key)\"")
      }
    } while scanner.accept(",")
    try scanner.expect(">", "after the last key")
    return header
  }

  mutating func function() throws(ModelError) -> LocalFunction {
    let header = try header()
    let name = try scanner.expectName("the name of a function")
    var function = LocalFunction(
      name: name, domain: canonicalDomain(header.domain), overload: header.overload, inputs: [],
      outputs: [], nodes: [], opsetImports: header.opsetImports)
    if scanner.accept("<") { try parameters(of: &function) }
    function.inputs = try parameterNames("inputs")
    try scanner.expectArrow()
    function.outputs = try parameterNames("outputs")
    if scanner.accept("<") { _ = try valueInfos(until: ">") }
    parameterKinds = function.attributeDefaults.mapValues(\.kind)
    defer { parameterKinds = [:] }
    function.nodes = try nodes()
    return function
  }

  private mutating func parameters(of function: inout LocalFunction) throws(ModelError) {
    guard !scanner.accept(">") else { return }
    repeat {
      let name = try scanner.expectName("an attribute parameter")
      if scanner.isNext(":") || scanner.isNext("=") {
        let value = try attributeValue(of: name)
        guard function.attributeDefaults.updateValue(value, forKey: name) == nil else {
          throw scanner.failure("parameter \"\(name)\" is given twice")
        }
      } else {
        function.attributeNames.append(name)
      }
    } while scanner.accept(",")
    try scanner.expect(">", "after the attribute parameters")
  }

  /// Inputs or outputs of a function; their types may be stated and are not kept.
  private mutating func parameterNames(_ kind: String) throws(ModelError) -> [String] {
    try scanner.expect("(", "before the \(kind) of the function")
    return try valueInfos(until: ")").map(\.name)
  }

  private mutating func imports() throws(ModelError) -> [String: Int64] {
    try scanner.expect("[", "before the imports")
    var imports: [String: Int64] = [:]
    guard !scanner.accept("]") else { return imports }
    repeat {
      let domain = canonicalDomain(try scanner.quoted())
      try scanner.expect(":", "between domain and version")
      guard imports.updateValue(try integer(), forKey: domain) == nil else {
        throw scanner.failure("domain \"\(domain)\" is imported twice")
      }
    } while scanner.accept(",")
    try scanner.expect("]", "after the imports")
    return imports
  }

  /// `["key": "value", …]`
  mutating func textPairs() throws(ModelError) -> [String: String] {
    try scanner.expect("[", "before a list of pairs")
    var pairs: [String: String] = [:]
    guard !scanner.accept("]") else { return pairs }
    repeat {
      let key = try scanner.quoted()
      try scanner.expect(":", "between key and value")
      pairs[key] = try scanner.quoted()
    } while scanner.accept(",")
    try scanner.expect("]", "after a list of pairs")
    return pairs
  }

  mutating func integer() throws(ModelError) -> Int64 {
    let literal = try scanner.literal()
    guard let wide = literal.wide, let value = Int64(exactly: wide) else {
      throw scanner.failure("expected a 64-bit integer")
    }
    return value
  }
}
