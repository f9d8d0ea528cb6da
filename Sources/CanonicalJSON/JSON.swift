/// A JSON value as the package's own documents use it.
///
/// Reals have no decimal form of their own: the writer makes hex-float strings of them, so that
/// every machine writes and reads the same bits. Equality of strings is Swift's, which treats
/// canonically equivalent Unicode texts as one.
package enum JSON: Hashable, Sendable {
  case bool(Bool)
  case integer(Int64)
  case real(Double)
  case string(String)
  case array([JSON])
  case object(JSONObject)
  case null
}

extension JSON {
  /// The member of the given key; nil when there is none or this is no object.
  package subscript(key: String) -> JSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The element at the given position; nil when there is none or this is no array.
  package subscript(index: Int) -> JSON? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The text of a string, else nil.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value of an integer, else nil.
  package var integer: Int64? {
    if case .integer(let value) = self { value } else { nil }
  }

  /// The value of a bool, else nil.
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The value of a real, of an integer that is exact in binary64, or of a hex-float string.
  package var real: Double? {
    switch self {
    case .real(let value): value
    case .integer(let value): Double(exactly: value)
    case .string(let text): HexFloat.value(of: text)
    case .bool, .array, .object, .null: nil
    }
  }

  /// The elements of an array, else nil.
  package var array: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members of an object, else nil.
  package var object: JSONObject? {
    if case .object(let members) = self { members } else { nil }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// A key that is written twice keeps its last value.
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(literal: elements))
  }
}
