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
    var known: [Substring: ValueType] = [:]
    for line in words(typeLists[...], "\n") {
      let parts = words(line, "=")
      guard parts.count == 2 else { continue }
      lists[parts[0]] = words(parts[1], " ").compactMap { word in
        // The lists repeat a few dozen types a thousand times.
        let type = known[word] ?? valueType(word)
        known[word] = type
        return type
      }
    }
    var table: [Key: [Signature]] = [:]
    for line in words(rows[...], "\n") {
      guard let signature = parse(line, lists: lists) else { continue }
      table[Key(domain: signature.domain, name: signature.name), default: []].append(signature)
    }
    return table
  }()

  /// The parts between the separators, split by bytes: every worker reads the whole table as it
  /// starts, and splitting by characters takes ten times as long.
  private static func words(
    _ text: Substring, _ separator: Unicode.Scalar, keepingEmpty: Bool = false
  ) -> [Substring] {
    let byte = UInt8(truncatingIfNeeded: separator.value)
    return text.utf8.split(separator: byte, omittingEmptySubsequences: !keepingEmpty).map {
      Substring($0)
    }
  }

  private static func parse(
    _ line: Substring, lists: [Substring: [ValueType]]
  ) -> Signature? {
    let columns = words(line, "|", keepingEmpty: true)
    guard columns.count == 8, let since = Int(columns[2]) else { return nil }
    var variables: [String: [ValueType]] = [:]
    for pair in words(columns[6], " ") {
      let parts = words(pair, "=")
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
    words(text, " ").compactMap { word in
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
    for word in words(text, " ") {
      let isRequired = word.hasSuffix("!")
      let parts = words(isRequired ? word.dropLast() : word, ":")
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
