import Yams

extension Syntax {
  /// Parses one YAML document; anchors and aliases are resolved, tags are not interpreted.
  init(yaml: String) throws(SyntaxFault) {
    let node: Node?
    do {
      // The basic resolver keeps scalars as texts: a value's type comes from where it is used.
      node = try Yams.compose(yaml: yaml, .basic)
    } catch let error as YamlError {
      throw Self.fault(error)
    } catch {
      throw SyntaxFault(1, "not readable as YAML: \(error)")
    }
    guard let node else { throw SyntaxFault(1, "the file is empty") }
    var room = Self.valueLimit
    self = try Self.converted(node, &room)
  }

  /// Values in one file, those of repeated aliases counted each time. Aliases of aliases can stand
  /// for more values than any memory holds; a file of the suite has less than a hundredth of these.
  private static let valueLimit = 200_000

  private static func converted(_ node: Node, _ room: inout Int) throws(SyntaxFault) -> Syntax {
    let line = node.mark?.line ?? 1
    room -= 1
    guard room >= 0 else {
      throw SyntaxFault(
        line, "more than \(valueLimit) values with aliases written out",
        remedy: "use fewer aliases")
    }
    switch node {
    case .scalar(let scalar):
      return Syntax(.scalar(scalar.string, quoted: scalar.style != .plain), line: line)
    case .sequence(let sequence):
      var elements: [Syntax] = []
      elements.reserveCapacity(sequence.count)
      for element in sequence { elements.append(try converted(element, &room)) }
      return Syntax(.list(elements), line: line)
    case .mapping(let mapping):
      var members: [Member] = []
      members.reserveCapacity(mapping.count)
      for (key, value) in mapping {
        let keyLine = key.mark?.line ?? line
        guard case .scalar(let scalar) = key else {
          throw SyntaxFault(keyLine, "a key must be text")
        }
        members.append(
          Member(key: scalar.string, line: keyLine, value: try converted(value, &room)))
      }
      return Syntax(.map(members), line: line)
    case .alias: throw SyntaxFault(line, "an alias must name an anchor above it")
    }
  }

  private static func fault(_ error: YamlError) -> SyntaxFault {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let remedy =
        problem.contains("mapping values") || problem.contains("expected ',' or '}'")
        ? "write parameters as {normal, sigma: 3} and quote texts with a colon" : nil
      return SyntaxFault(mark.line, "not YAML: \(problem)", remedy: remedy)
    case .duplicatedKeysInMapping(let keys, let context):
      return SyntaxFault(
        context.mark.line, "the key \"\(keys.joined(separator: ", "))\" is written twice",
        remedy: "delete one")
    case .reader(let problem, _, _, _): return SyntaxFault(1, "not YAML: \(problem)")
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      return SyntaxFault(1, "not YAML: \(error)")
    }
  }
}
