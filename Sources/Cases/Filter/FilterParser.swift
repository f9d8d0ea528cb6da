/// A recursive-descent reader of filter expressions.
struct FilterParser {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) { characters = Array(text) }

  mutating func filter() throws(CaseFilterError) -> FilterExpression {
    let expression = try disjunction(depth: 0)
    skipSpace()
    guard position == characters.count else {
      throw fault("\"\(characters[position])\" does not belong here", "join predicates by and, or")
    }
    return expression
  }

  /// Deeper nesting than this is refused, so that no input exhausts the stack.
  private static let depthLimit = 100

  private mutating func disjunction(depth: Int) throws(CaseFilterError) -> FilterExpression {
    var parts = [try conjunction(depth: depth)]
    while takeWord("or") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(CaseFilterError) -> FilterExpression {
    var parts = [try negation(depth: depth)]
    while takeWord("and") { parts.append(try negation(depth: depth)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation(depth: Int) throws(CaseFilterError) -> FilterExpression {
    guard depth < Self.depthLimit else { throw fault("the expression is nested too deeply", nil) }
    if takeWord("not") { return .not(try negation(depth: depth + 1)) }
    skipSpace()
    guard position < characters.count else {
      throw fault("a predicate is missing", "write e.g. op(Softmax)")
    }
    guard characters[position] == "(" else { return .predicate(try predicate()) }
    position += 1
    let inner = try disjunction(depth: depth + 1)
    skipSpace()
    guard position < characters.count, characters[position] == ")" else {
      throw fault("the parenthesis is not closed", nil)
    }
    position += 1
    return inner
  }

  private mutating func predicate() throws(CaseFilterError) -> FilterPredicate {
    let start = position
    let name = word()
    guard FilterPredicate.names.contains(name) else {
      let known = FilterPredicate.names
      let remedy =
        Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
        ?? "known: \(known.joined(separator: ", "))"
      throw fault("unknown predicate \"\(name)\"", remedy, at: start)
    }
    guard position < characters.count, characters[position] == "(" else {
      throw fault("\(name) needs an argument", "write \(name)(…)")
    }
    position += 1
    let argumentStart = position
    let argument = try self.argument(name)
    return try predicate(name, argument, argumentStart)
  }

  /// The text up to the matching parenthesis; a backslash protects the next character.
  private mutating func argument(_ name: String) throws(CaseFilterError) -> String {
    let start = position
    var depth = 1
    while position < characters.count {
      switch characters[position] {
      case "\\": position += 1
      case "(": depth += 1
      case ")": depth -= 1
      default: break
      }
      position += 1
      if depth == 0 {
        let text = String(characters[start..<position - 1])
        let trimmed = text.drop { $0 == " " }
        guard !trimmed.isEmpty else { throw fault("\(name) needs an argument", nil, at: start) }
        return String(trimmed.reversed().drop { $0 == " " }.reversed())
      }
    }
    throw fault("the parenthesis of \(name) is not closed", nil, at: start - 1)
  }

  private func predicate(
    _ name: String, _ argument: String, _ start: Int
  ) throws(CaseFilterError) -> FilterPredicate {
    switch name {
    case "op": return .operatorName(try pattern(argument, start))
    case "model": return .model(try pattern(argument, start))
    case "dtype": return .elementType(try pattern(argument, start))
    case "group": return .group(try pattern(argument, start))
    case "case": return .caseID(try pattern(argument, start))
    case "class": return .accuracyClass(try pattern(argument, start))
    case "form": return .form(try pattern(argument, start))
    case "tier":
      let isExact = argument.hasPrefix("=")
      let word = isExact ? String(argument.dropFirst()) : argument
      guard let tier = Tier(rawValue: word) else {
        throw fault("unknown tier \"\(word)\"", "known: smoke, ci, full, heavy", at: start)
      }
      return isExact ? .exactTier(tier) : .tier(tier)
    default:
      guard let condition = VersionCondition(argument) else {
        throw fault(
          "\"\(argument)\" is no condition on a version", "write 13, >=13, <13 or 11..18", at: start
        )
      }
      return .opset(condition)
    }
  }

  private func pattern(_ text: String, _ start: Int) throws(CaseFilterError) -> NamePattern {
    do {
      return try NamePattern(text)
    } catch {
      throw fault("\"\(text)\" is not a regular expression", nil, at: start)
    }
  }

  private func fault(_ reason: String, _ remedy: String?, at start: Int? = nil) -> CaseFilterError {
    CaseFilterError(column: (start ?? position) + 1, reason: reason, remedy: remedy)
  }

  private mutating func skipSpace() {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
  }

  private mutating func word() -> String {
    let start = position
    while position < characters.count, characters[position].isLetter { position += 1 }
    return String(characters[start..<position])
  }

  /// Steps over the word when it stands here as a whole.
  private mutating func takeWord(_ wanted: String) -> Bool {
    let start = position
    skipSpace()
    if word() == wanted, position == characters.count || !characters[position].isLetter {
      return true
    }
    position = start
    return false
  }
}
