import ModelFormat
package import Tensors

/// The attributes of a node with typed access.
///
/// Names and kinds were checked at compile time, so a missing attribute means that the node left
/// it out and the default applies.
package struct Attributes: Sendable {
  let values: [String: Attribute]

  /// Whether the node states the attribute.
  package func has(_ name: String) -> Bool { values[name] != nil }

  /// An `int` attribute that may be left out.
  package func int(_ name: String) throws(KernelError) -> Int? {
    guard let attribute = values[name] else { return nil }
    guard let value = attribute.intValue else { throw wrongKind(name, "an int") }
    return Int(value)
  }

  /// An `int` attribute with a default.
  package func int(_ name: String, default fallback: Int) throws(KernelError) -> Int {
    try int(name) ?? fallback
  }

  /// An `int` attribute read as a truth value: zero is false.
  package func flag(_ name: String, default fallback: Bool) throws(KernelError) -> Bool {
    try int(name).map { $0 != 0 } ?? fallback
  }

  /// An `ints` attribute that may be left out.
  package func ints(_ name: String) throws(KernelError) -> [Int]? {
    guard let attribute = values[name] else { return nil }
    guard let list = attribute.intsValue else { throw wrongKind(name, "ints") }
    return list.map { Int($0) }
  }

  /// A `float` attribute that may be left out.
  package func float(_ name: String) throws(KernelError) -> Float? {
    guard let attribute = values[name] else { return nil }
    guard let value = attribute.floatValue else { throw wrongKind(name, "a float") }
    return value
  }

  /// A `float` attribute with a default.
  package func float(_ name: String, default fallback: Float) throws(KernelError) -> Float {
    try float(name) ?? fallback
  }

  /// A `floats` attribute that may be left out.
  package func floats(_ name: String) throws(KernelError) -> [Float]? {
    guard let attribute = values[name] else { return nil }
    guard let list = attribute.floatsValue else { throw wrongKind(name, "floats") }
    return list
  }

  /// A `string` attribute that may be left out.
  package func string(_ name: String) throws(KernelError) -> String? {
    guard let attribute = values[name] else { return nil }
    guard let text = attribute.stringValue else { throw wrongKind(name, "a string") }
    return text
  }

  /// A `string` attribute with a default.
  package func string(_ name: String, default fallback: String) throws(KernelError) -> String {
    try string(name) ?? fallback
  }

  /// A `string` attribute that must be one of the given words.
  package func choice(
    _ name: String, of words: [String], default fallback: String
  ) throws(KernelError) -> String {
    let word = try string(name, default: fallback)
    guard words.contains(word) else {
      throw .invalidModel("attribute \(name) is \"\(word)\", it must be one of \(words)")
    }
    return word
  }

  /// A `strings` attribute that may be left out.
  package func strings(_ name: String) throws(KernelError) -> [String]? {
    guard let attribute = values[name] else { return nil }
    guard let list = attribute.stringsValue else { throw wrongKind(name, "strings") }
    return list
  }

  /// A `tensor` attribute that may be left out.
  package func tensor(_ name: String) throws(KernelError) -> Tensor? {
    guard let attribute = values[name] else { return nil }
    guard let tensor = attribute.tensorValue else { throw wrongKind(name, "a tensor") }
    return tensor
  }

  /// An element type given by its number in an `int` attribute, e.g. `to` of Cast.
  package func elementType(_ name: String) throws(KernelError) -> ElementType? {
    guard let number = try int(name) else { return nil }
    guard let raw = Int32(exactly: number), let type = ElementType(rawValue: raw) else {
      throw .invalidModel("attribute \(name) is \(number), which is no element type")
    }
    return type
  }

  private func wrongKind(_ name: String, _ expected: String) -> KernelError {
    .invalidModel("attribute \(name) must be \(expected)")
  }
}
