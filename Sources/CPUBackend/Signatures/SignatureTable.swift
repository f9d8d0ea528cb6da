import ModelFormat
import Tensors

/// The signatures of every operator of the standard, implemented here or not.
///
/// Knowing all of them lets the compiler tell an unknown operator from an unsupported one.
enum SignatureTable {
  /// An operator's name within a domain.
  struct Key: Hashable, Sendable {
    let domain: String
    let name: String
  }

  /// The newest operator set of each domain that the table describes.
  static let newestOpset = ["": 28, "ai.onnx.ml": 5]

  /// The signatures of an operator, oldest first; empty for an unknown operator.
  static func signatures(domain: String, name: String) -> [Signature] {
    all[Key(domain: domain, name: name)] ?? []
  }

  /// The signature in force in an operator set; nil when the operator came later or is unknown.
  static func signature(domain: String, name: String, opset: Int) -> Signature? {
    signatures(domain: domain, name: name).last { $0.since <= opset }
  }

  private static let all: [Key: [Signature]] = {
    var lists: [Substring: [ValueType]] = [:]
    for line in typeLists.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      lists[parts[0]] = parts[1].split(separator: " ").compactMap { valueType($0) }
    }
    var table: [Key: [Signature]] = [:]
    for line in rows.split(separator: "\n") {
      guard let signature = parse(line, lists: lists) else { continue }
      table[Key(domain: signature.domain, name: signature.name), default: []].append(signature)
    }
    return table
  }()

  private static func parse(
    _ line: Substring, lists: [Substring: [ValueType]]
  ) -> Signature? {
    let columns = line.split(separator: "|", omittingEmptySubsequences: false)
    guard columns.count == 8, let since = Int(columns[2]) else { return nil }
    var variables: [String: [ValueType]] = [:]
    for pair in columns[6].split(separator: " ") {
      let parts = pair.split(separator: "=")
      guard parts.count == 2 else { return nil }
      variables[String(parts[0])] = lists[parts[1]]
    }
    return Signature(
      name: String(columns[0]), domain: String(columns[1]), since: since,
      inputs: slots(columns[3]), outputs: slots(columns[4]), attributes: rules(columns[5]),
      variables: variables, isDeprecated: columns[7] == "deprecated")
  }

  /// Reads `A:T min:T? rest:T*1 any:V~0`.
  private static func slots(_ text: Substring) -> [Signature.Slot] {
    text.split(separator: " ").compactMap { word in
      guard let colon = word.firstIndex(of: ":") else { return nil }
      var type = word[word.index(after: colon)...]
      var occurrence = Signature.Occurrence.required
      if type.hasSuffix("?") {
        type = type.dropLast()
        occurrence = .optional
      } else if let mark = type.firstIndex(where: { $0 == "*" || $0 == "~" }) {
        let least = Int(type[type.index(after: mark)...]) ?? 0
        occurrence = .variadic(atLeast: least, homogeneous: type[mark] == "*")
        type = type[..<mark]
      }
      let slotType = valueType(type).map { Signature.SlotType.fixed($0) }
      return Signature.Slot(
        name: String(word[..<colon]), type: slotType ?? .variable(String(type)),
        occurrence: occurrence)
    }
  }

  /// Reads `axis:int perm:ints body:graph!`.
  private static func rules(_ text: Substring) -> [String: Signature.AttributeRule] {
    var rules: [String: Signature.AttributeRule] = [:]
    for word in text.split(separator: " ") {
      let isRequired = word.hasSuffix("!")
      let parts = (isRequired ? word.dropLast() : word).split(separator: ":")
      guard parts.count == 2, let kind = AttributeKind(onnxName: parts[1]) else { continue }
      rules[String(parts[0])] = Signature.AttributeRule(kind: kind, isRequired: isRequired)
    }
    return rules
  }

  /// The type of a word; the values of a map are written without `tensor(…)`.
  private static func valueType(_ text: Substring) -> ValueType? {
    if let type = ValueType(onnxName: text) { return type }
    if text.hasPrefix("seq("), text.hasSuffix(")") {
      return valueType(text.dropFirst(4).dropLast()).map { .sequence($0) }
    }
    guard text.hasPrefix("map("), let comma = text.firstIndex(of: ",") else { return nil }
    let value = text[text.index(after: comma)...].dropLast()
    guard let key = ElementType(onnxName: String(text.dropFirst(4)[..<comma])),
      let element = ElementType(onnxName: String(value))
    else { return nil }
    return .map(key: key, value: .tensor(element))
  }
}
