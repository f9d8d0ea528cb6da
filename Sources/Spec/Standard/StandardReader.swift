import CanonicalJSON
import ModelFormat
import Tensors

/// Decodes the operator table; every error names the operator it stands at.
struct StandardReader {
  let path: String
  /// Texts that were read before: the versions of an operator repeat most of each other.
  private var types: [String: ValueType] = [:]
  private var parameters: [String: FormalParameter] = [:]
  private let kinds = Dictionary(
    uniqueKeysWithValues: AttributeKind.allCases.map { ($0.onnxName, $0) })

  init(path: String) { self.path = path }

  /// A named list of types; shared by the variables that have it.
  struct TypeList {
    let types: [ValueType]
    let members: Set<ValueType>
  }

  private func fault(_ place: String, _ reason: String) -> StandardError {
    .content(path: path, reason: place.isEmpty ? reason : "\(place): \(reason)")
  }

  mutating func standard(_ json: JSON) throws(StandardError) -> Standard {
    guard json["schema"]?.string == "assay.standard.v1" else {
      throw fault("", "the schema must be assay.standard.v1")
    }
    guard let operators = json["operators"]?.array, let releases = json["releases"]?.array else {
      throw fault("", "operators and releases are missing")
    }
    let lists = try typeLists(json["typeLists"]?.object ?? [:])
    var schemas: [OperatorSchema] = []
    schemas.reserveCapacity(operators.count)
    for entry in operators { schemas.append(try schema(entry, lists)) }
    return Standard(
      opsets: opsets(json["opsets"]), releases: releases.map(release), schemas: schemas)
  }

  private func opsets(_ json: JSON?) -> [String: Int] {
    var result: [String: Int] = [:]
    for (key, value) in json?.object ?? [:] where key != "release" && key != "ir" {
      result[Standard.canonical(key)] = value.integer.map { Int($0) }
    }
    return result
  }

  private func release(_ json: JSON) -> Standard.Release {
    Standard.Release(irVersion: json["ir"]?.integer ?? 0, opsets: opsets(json))
  }

  private mutating func typeLists(
    _ json: JSONObject
  ) throws(StandardError) -> [String: TypeList] {
    var lists: [String: TypeList] = [:]
    for (name, list) in json {
      var types: [ValueType] = []
      for text in list.array ?? [] { types.append(try type(text.string ?? "", name)) }
      lists[name] = TypeList(types: types, members: Set(types))
    }
    return lists
  }

  /// The standard writes the element types of maps without `tensor(…)`.
  private mutating func type(_ text: String, _ place: String) throws(StandardError) -> ValueType {
    if let type = types[text] { return type }
    let type = try parsedType(text, place)
    types[text] = type
    return type
  }

  private mutating func parsedType(
    _ text: String, _ place: String
  ) throws(StandardError) -> ValueType {
    if let type = ValueType(onnxName: text) { return type }
    if text.hasPrefix("seq("), text.hasSuffix(")") {
      return .sequence(try type(String(text.dropFirst(4).dropLast()), place))
    }
    if text.hasPrefix("map("), text.hasSuffix(")") {
      let parts = text.dropFirst(4).dropLast().split(separator: ",").map { $0.drop { $0 == " " } }
      if parts.count == 2, let key = ElementType(onnxName: String(parts[0])),
        let value = ElementType(onnxName: String(parts[1]))
      {
        return .map(key: key, value: .tensor(value))
      }
    }
    throw fault(place, "'\(text)' is not a type")
  }

  private mutating func schema(
    _ json: JSON, _ lists: [String: TypeList]
  ) throws(StandardError) -> OperatorSchema {
    guard let name = json["name"]?.string, let domain = json["domain"]?.string,
      let since = json["since"]?.integer
    else { throw fault("", "an operator has no name, domain or since") }
    let place = "\(name)-\(since)"
    var variables: [String: TypeList] = [:]
    for (variable, list) in json["types"]?.object ?? [:] {
      guard let types = lists[list.string ?? ""] else { throw fault(place, "unknown type list") }
      variables[variable] = types
    }
    let inputs = try formals(json["inputs"], variables, place)
    let outputs = try formals(json["outputs"], variables, place)
    return OperatorSchema(
      name: name, domain: Standard.canonical(domain), sinceVersion: Int(since), inputs: inputs,
      outputs: outputs, typeVariables: ordered(variables, inputs + outputs),
      attributes: try attributes(json["attributes"]?.object ?? [:], place),
      arity: try arity(json["arity"], place), isDeprecated: json["deprecated"]?.bool ?? false,
      isExperimental: json["experimental"]?.bool ?? false,
      function: .init(rawValue: json["function"]?.string ?? "none") ?? .none)
  }

  private func ordered(
    _ variables: [String: TypeList], _ signature: [FormalParameter]
  ) -> [TypeVariable] {
    var names: [String] = []
    for parameter in signature {
      if case .variable(let name) = parameter.type, !names.contains(name) { names.append(name) }
    }
    names += variables.keys.filter { !names.contains($0) }.sorted()
    return names.compactMap { name in
      variables[name].map { TypeVariable(name: name, types: $0.types, members: $0.members) }
    }
  }

  private func arity(_ json: JSON?, _ place: String) throws(StandardError) -> OperatorSchema.Arity {
    let numbers = json?.array?.map { $0.integer.map { Int($0) } } ?? []
    guard numbers.count == 4, let inputs = numbers[0], let outputs = numbers[2] else {
      throw fault(place, "arity must be four numbers")
    }
    return .init(
      minimumInputs: inputs, maximumInputs: numbers[1], minimumOutputs: outputs,
      maximumOutputs: numbers[3])
  }

  private mutating func formals(
    _ json: JSON?, _ variables: [String: TypeList], _ place: String
  ) throws(StandardError) -> [FormalParameter] {
    var result: [FormalParameter] = []
    for entry in json?.array ?? [] {
      result.append(try formal(entry.string ?? "", variables, place))
    }
    return result
  }

  /// Reads e.g. `inputs: T, variadic, at least 1, heterogeneous`; a text without parentheses
  /// is a variable, so that equal texts mean the same parameter everywhere.
  private mutating func formal(
    _ text: String, _ variables: [String: TypeList], _ place: String
  ) throws(StandardError) -> FormalParameter {
    if let known = parameters[text] { return known }
    guard let colon = text.firstIndex(of: ":") else {
      throw fault(place, "'\(text)' is not a parameter")
    }
    let name = String(text[..<colon])
    var rest = text[text.index(after: colon)...].drop { $0 == " " }
    let typeText = Self.nextPart(&rest)
    var option = FormalParameter.Option.single
    while !rest.isEmpty {
      let word = Self.nextPart(&rest)
      switch (word, option) {
      case ("optional", _): option = .optional
      case ("variadic", _): option = .variadic(atLeast: 1, homogeneous: true)
      case ("heterogeneous", .variadic(let least, _)):
        option = .variadic(atLeast: least, homogeneous: false)
      case (_, .variadic(_, let same)) where word.hasPrefix("at least "):
        option = .variadic(atLeast: Int(word.dropFirst(9)) ?? 1, homogeneous: same)
      default: throw fault(place, "'\(word)' is not a parameter option")
      }
    }
    let parameter = FormalParameter(
      name: name, type: try formalType(typeText, variables, place), option: option)
    parameters[text] = parameter
    return parameter
  }

  private mutating func formalType(
    _ text: String, _ variables: [String: TypeList], _ place: String
  ) throws(StandardError) -> FormalParameter.FormalType {
    if text.hasSuffix(")") { return .concrete(try type(text, place)) }
    guard variables[text] != nil else { throw fault(place, "unknown type variable \(text)") }
    return .variable(text)
  }

  /// Splits off the text before the next comma outside parentheses.
  private static func nextPart(_ rest: inout Substring) -> String {
    var depth = 0
    var end = rest.endIndex
    for index in rest.indices {
      if rest[index] == "(" { depth += 1 }
      if rest[index] == ")" { depth -= 1 }
      if rest[index] == ",", depth == 0 {
        end = index
        break
      }
    }
    defer { rest = rest[end...].drop { $0 == "," || $0 == " " } }
    return String(rest[..<end])
  }

  private func attributes(
    _ json: JSONObject, _ place: String
  ) throws(StandardError) -> [String: AttributeSchema] {
    var result: [String: AttributeSchema] = [:]
    for (name, entry) in json {
      guard let text = entry["type"]?.string, let kind = kinds[text] else {
        throw fault(place, "attribute \(name) has no known type")
      }
      result[name] = AttributeSchema(
        kind: kind, isRequired: entry["required"]?.bool ?? false,
        defaultValue: try entry["default"].map { value throws(StandardError) in
          try attribute(value, kind, "\(place), attribute \(name)")
        })
    }
    return result
  }

  private func attribute(
    _ json: JSON, _ kind: AttributeKind, _ place: String
  ) throws(StandardError) -> Attribute {
    let value: Attribute? =
      switch kind {
      case .int: json.integer.map { .int($0) }
      case .float: json.real.map { .float(Float($0)) }
      case .string: json.string.map { .string($0) }
      case .ints: json.array.map { .ints($0.compactMap(\.integer)) }
      case .floats: json.array.map { .floats($0.compactMap { $0.real.map { Float($0) } }) }
      case .strings: json.array.map { .strings($0.compactMap(\.string)) }
      case .tensor, .tensors, .graph, .graphs, .sparse, .sparseTensors, .type, .types: nil
      }
    guard let value else { throw fault(place, "the default does not have the type") }
    return value
  }
}
