/// Operators as operator sets before 9 define them, written in the operators of a later set.
///
/// An earlier version is treated like a function: a rule gives it a body in a later operator set
/// that means the same. Nothing is computed here; bodies hold constants made of attributes at most.
/// Versions that no later one expresses are refused by name. Withdrawn versions (Scatter-11,
/// Upsample-10, GroupNormalization-18) have no body: their operator sets forbid them.
package enum EarlierVersion {
  /// What stands for a node of an earlier version.
  package struct Body: Sendable {
    /// Takes the node's inputs by position, then the captured values; has no attributes.
    package let function: LocalFunction
    /// Values of enclosing graphs that a subgraph of the node reads, in order.
    package let captured: [String]
  }

  /// The span of operator sets in which a version is in force, and its body.
  struct Entry: Sendable {
    let sets: ClosedRange<Int64>
    let rule: Rule
  }

  typealias Rule = @Sendable (inout EarlierBody) throws(EarlierVersionError) -> Void

  /// The first operator set whose versions need no body.
  package static let firstPlainSet: Int64 = 9

  /// Whether the version of an operator in force in an operator set needs a body.
  package static func hasRule(for name: String, opset: Int64) -> Bool {
    rule(for: name, opset) != nil
  }

  private static func rule(for name: String, _ opset: Int64) -> Entry? {
    opset < firstPlainSet ? table[name]?.first { $0.sets.contains(opset) } : nil
  }

  /// The body of a node of `ai.onnx`; nil where the version in force needs none.
  ///
  /// - Parameters:
  ///   - node: of a checked signature, its attributes free of references.
  ///   - imports: the operator sets of the graph around the node.
  /// - Throws: `EarlierVersionError` where the node breaks its own version, or cannot be expressed.
  package static func body(
    of node: Node, imports: [String: Int64]
  ) throws(EarlierVersionError) -> Body? {
    guard let opset = imports[""] ?? imports["ai.onnx"],
      let entry = rule(for: node.operatorName, opset)
    else { return nil }
    var body = EarlierBody(node, version: entry.sets.lowerBound)
    try entry.rule(&body)
    return body.finished(imports: imports)
  }
}

/// Why a node of an earlier version has no body.
package struct EarlierVersionError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The node breaks what its own version says.
    case invalid
    /// No later version expresses it, or the text gives it no meaning.
    case unsupported
  }

  package let kind: Kind
  /// Operator, version and, where it has one, the name of the node.
  package let place: String
  /// What is wrong, without the place.
  package let reason: String
}

extension EarlierVersionError: CustomStringConvertible {
  package var description: String { "\(place): \(reason)" }
}
