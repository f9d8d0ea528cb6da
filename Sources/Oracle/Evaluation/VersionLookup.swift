/// Finds the since-version of an operator in force at an opset.
package struct VersionLookup: Sendable {
  /// (domain, operator, opset) → since-version; nil when the opset has no such operator.
  package let sinceVersion: @Sendable (String, String, Int) -> Int?

  package init(_ sinceVersion: @escaping @Sendable (String, String, Int) -> Int?) {
    self.sinceVersion = sinceVersion
  }
}
