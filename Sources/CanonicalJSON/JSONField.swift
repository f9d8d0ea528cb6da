/// A value inside a document together with the way to it, so that errors can name the place.
package struct JSONField: Hashable, Sendable {
  package let value: JSON
  /// The way from the root, e.g. `$.outputs[2].name`.
  package let path: String

  /// The root of a document.
  package init(_ root: JSON) { (value, path) = (root, "$") }

  private init(value: JSON, path: String) { (self.value, self.path) = (value, path) }

  /// The member of an object that must be there.
  package func member(_ key: String) throws(JSONFieldError) -> JSONField {
    guard let member = try optionalMember(key) else {
      throw JSONFieldError(path: "\(path).\(key)", wanted: "a value", found: "nothing")
    }
    return member
  }

  /// The member of an object, nil when the object has none.
  package func optionalMember(_ key: String) throws(JSONFieldError) -> JSONField? {
    guard case .object(let members) = value else { throw mismatch("an object") }
    return members[key].map { JSONField(value: $0, path: "\(path).\(key)") }
  }

  /// All members, sorted by the bytes of their keys.
  package func members() throws(JSONFieldError) -> [(key: String, field: JSONField)] {
    guard case .object(let members) = value else { throw mismatch("an object") }
    return members.map { ($0.key, JSONField(value: $0.value, path: "\(path).\($0.key)")) }
  }

  /// Refuses members that a schema does not name.
  package func refuseMembers(otherThan known: Set<String>) throws(JSONFieldError) {
    for (key, field) in try members() where !known.contains(key) {
      throw JSONFieldError(path: field.path, wanted: "no such member", found: "an unknown key")
    }
  }

  /// The elements of an array.
  package func elements() throws(JSONFieldError) -> [JSONField] {
    guard case .array(let elements) = value else { throw mismatch("an array") }
    return elements.enumerated().map { JSONField(value: $1, path: "\(path)[\($0)]") }
  }

  package func string() throws(JSONFieldError) -> String {
    guard let text = value.string else { throw mismatch("a string") }
    return text
  }

  package func bool() throws(JSONFieldError) -> Bool {
    guard let bool = value.bool else { throw mismatch("true or false") }
    return bool
  }

  package func integer() throws(JSONFieldError) -> Int64 {
    guard let integer = value.integer else { throw mismatch("an integer") }
    return integer
  }

  /// An integer that fits the given type.
  package func integer<Integer: FixedWidthInteger>(
    as type: Integer.Type
  ) throws(JSONFieldError) -> Integer {
    guard let integer = value.integer, let fitting = Integer(exactly: integer) else {
      throw mismatch("an integer of \(Integer.bitWidth) bits")
    }
    return fitting
  }

  /// A real: a hex-float string, a JSON number, or an integer that is exact in binary64.
  package func real() throws(JSONFieldError) -> Double {
    guard let real = value.real else { throw mismatch("a real as hex-float text") }
    return real
  }

  /// A string that is the raw value of one of the type's cases.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type
  ) throws(JSONFieldError) -> Choice where Choice.RawValue == String {
    let text = try string()
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: " ")
      throw JSONFieldError(path: path, wanted: "one of: \(known)", found: "\"\(text)\"")
    }
    return choice
  }

  /// The error of a value that is not what is wanted here.
  package func mismatch(_ wanted: String) -> JSONFieldError {
    JSONFieldError(path: path, wanted: wanted, found: found)
  }

  private var found: String {
    switch value {
    case .bool: "a bool"
    case .integer(let value): "the integer \(value)"
    case .real: "a real"
    case .string(let text): "the string \"\(text.prefix(40))\""
    case .array: "an array"
    case .object: "an object"
    case .null: "null"
    }
  }
}

/// A document that does not follow its schema: where, what is wanted there, what was found.
package struct JSONFieldError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  package let wanted: String
  package let found: String

  package init(path: String, wanted: String, found: String) {
    (self.path, self.wanted, self.found) = (path, wanted, found)
  }

  package var description: String { "\(path): \(wanted) must stand here, found \(found)" }
}
