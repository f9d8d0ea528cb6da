/// A labelled statement of a case file about its operator.
package struct Constraint: Sendable {
  /// C1, C2 …
  package let label: String
  package let text: String
  /// Whether it speaks of results alone. No model can break such a constraint, only an
  /// implementation: the faults of the proof do.
  package let isBehaviour: Bool

  /// The constraints of a file, in the order written.
  /// - Parameters:
  ///   - syntax: label and text of each.
  ///   - behaviour: the labels of those that speak of results alone.
  static func parsed(
    _ syntax: Syntax?, behaviour: Syntax?
  ) throws(SyntaxFault) -> [Constraint] {
    guard let syntax else { throw SyntaxFault(1, "constraints are missing") }
    let members = try syntax.requireMembers("constraints")
    var aboutResults: Set<String> = []
    for element in try behaviour?.requireElements("behaviour") ?? [] {
      let label = try element.requireText("a constraint's label")
      guard members[label] != nil else {
        throw .unknown("constraint", label, at: element.line, known: members.map(\.key))
      }
      aboutResults.insert(label)
    }
    var result: [Constraint] = []
    for member in members {
      guard member.key.first == "C", Int(member.key.dropFirst()) != nil else {
        throw SyntaxFault(member.line, "a constraint is labelled C1, C2 …, not \"\(member.key)\"")
      }
      result.append(
        Constraint(
          label: member.key, text: try member.value.requireText(member.key),
          isBehaviour: aboutResults.contains(member.key)))
    }
    return result
  }
}
