import Spec
import Tensors

/// The combinations of variable values of one group at one operator version.
///
/// Rows vary slowest, then the variables in the order written, the last one fastest: what is added
/// at the end of `rows` or of the first variable leaves earlier indices as they are.
struct CombinationSpace: Sendable {
  let rows: [[Syntax.Member]]
  let axes: [Axis]

  struct Axis: Sendable {
    let name: String
    let values: [Syntax]
  }

  /// The number of combinations, exceptions included.
  var count: Int { axes.reduce(rows.count) { $0 * $1.values.count } }

  /// Expands type words and drops types that the version does not allow.
  init(_ group: GroupDefinition, _ schema: OperatorSchema) throws(SyntaxFault) {
    rows = group.rows
    var axes: [Axis] = []
    for member in group.variables {
      let values = try Self.values(member, schema)
      axes.append(Axis(name: member.key, values: values))
    }
    self.axes = axes
    var product = rows.count
    for axis in axes {
      let (next, overflow) = product.multipliedReportingOverflow(by: axis.values.count)
      guard !overflow, next <= Self.limit else {
        throw SyntaxFault(
          group.line, "more than \(Self.limit) combinations", remedy: "split the group")
      }
      product = next
    }
  }

  /// More combinations than this are a slip in a case file.
  static let limit = 1_000_000

  /// The variable values of a combination, in the order rows, variables.
  func bindings(_ combination: Int) -> Bindings {
    var rest = combination
    var entries: [(name: String, value: Syntax)] = []
    for axis in axes.reversed() {
      entries.append((axis.name, axis.values[rest % axis.values.count]))
      rest /= axis.values.count
    }
    for member in rows[rest] { entries.append((member.key, member.value)) }
    return Bindings(entries)
  }

  private static func values(
    _ member: Syntax.Member, _ schema: OperatorSchema
  ) throws(SyntaxFault) -> [Syntax] {
    let variable = schema.typeVariable(member.key)
    var values: [Syntax] = []
    for entry in member.value.elements ?? [member.value] {
      if let text = entry.text, let set = TypeSet(rawValue: text) {
        for type in try types(set, variable, member) {
          values.append(Syntax(type, line: entry.line))
        }
      } else if let text = entry.text, text.hasPrefix("-"),
        let excluded = ValueType(caseName: String(text.dropFirst()))
      {
        values.removeAll { (try? $0.valueType()) == excluded }
      } else if let variable {
        if variable.allows(try entry.valueType()) { values.append(entry) }
      } else {
        values.append(entry)
      }
    }
    return values
  }

  private static func types(
    _ set: TypeSet, _ variable: TypeVariable?, _ member: Syntax.Member
  ) throws(SyntaxFault) -> [ValueType] {
    guard let variable else {
      guard set != .schema, !set.isOfContainers || set == .tensors else {
        throw SyntaxFault(
          member.line, "\"\(member.key)\" is no type variable of the operator here",
          remedy: "name the variable as the schema does, or list the types")
      }
      return ElementType.allCases.filter(set.contains).map { .tensor($0) }
    }
    if set == .schema || set.isOfContainers { return variable.types.filter(set.contains) }
    return variable.elementTypes.filter(set.contains).map { .tensor($0) }
  }
}

extension GroupDefinition {
  /// Whether a combination is left out.
  func excepts(_ bindings: Bindings) -> Bool {
    exceptions.contains { exception in
      !exception.isEmpty
        && exception.allSatisfy { member in
          guard let value = bindings[member.key] else { return false }
          return (member.value.elements ?? [member.value]).contains { $0.agrees(with: value) }
        }
    }
  }
}

extension Syntax {
  /// Whether two nodes are written alike.
  func agrees(with other: Syntax) -> Bool {
    switch (content, other.content) {
    case (.scalar(let a, _), .scalar(let b, _)): a == b
    case (.list(let a), .list(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.agrees(with: $1) }
    case (.map(let a), .map(let b)):
      a.count == b.count
        && zip(a, b).allSatisfy { $0.key == $1.key && $0.value.agrees(with: $1.value) }
    case (.scalar, _), (.list, _), (.map, _): false
    }
  }
}
