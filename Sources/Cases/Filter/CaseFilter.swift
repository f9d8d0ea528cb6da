import Spec

/// A selection of cases, written as an expression such as `op(Softmax) and not dtype(f64)`.
///
/// Predicates: `op` `model` `dtype` `opset` `group` `case` `tier` `class` `form`, joined by `and`,
/// `or`, `not` and parentheses; `not` binds tightest, `or` loosest.
package struct CaseFilter {
  /// The expression as it was written.
  package let text: String
  private let root: FilterExpression

  /// Throws with the column of the first character that does not fit.
  package init(_ text: String) throws(CaseFilterError) {
    self.text = text
    var parser = FilterParser(text)
    root = try parser.filter()
  }

  /// Whether the case is selected.
  package func matches(_ entry: CaseEntry) -> Bool { root.matches(entry) }

  /// False when no case of the operator can be selected, so that its file need not be read.
  package func mayMatch(operatorName: String) -> Bool {
    root.decision(on: FilterSubject(name: operatorName, isModel: false)) ?? true
  }

  /// False when no case of the model can be selected.
  package func mayMatch(model: String) -> Bool {
    root.decision(on: FilterSubject(name: model, isModel: true)) ?? true
  }

  /// False when the filter keeps the file unread; the path is relative to the folder of the suite.
  package func mayMatch(path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard let folder = parts.first, let file = parts.last, parts.count > 1 else { return true }
    return switch folder {
    case "operators", "functions":
      mayMatch(operatorName: file.split(separator: ".").first.map(String.init) ?? "")
    case "models": mayMatch(model: String(parts[1]))
    default: true
    }
  }
}

/// Why a filter expression cannot be read.
package struct CaseFilterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// From 1, in characters.
  package let column: Int
  package let reason: String
  package let remedy: String?

  package var description: String {
    "filter, column \(column): \(reason)" + (remedy.map { "; \($0)" } ?? "")
  }
}

/// What a case file is about.
struct FilterSubject {
  let name: String
  let isModel: Bool
}

/// A node of a filter expression.
indirect enum FilterExpression {
  case all([FilterExpression])
  case any([FilterExpression])
  case not(FilterExpression)
  case predicate(FilterPredicate)

  func matches(_ entry: CaseEntry) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.matches(entry) }
    case .any(let parts): parts.contains { $0.matches(entry) }
    case .not(let part): !part.matches(entry)
    case .predicate(let predicate): predicate.matches(entry)
    }
  }

  /// What holds for every case of the operator or model; nil when it depends on the case.
  func decision(on subject: FilterSubject) -> Bool? {
    switch self {
    case .all(let parts):
      let decisions = parts.map { $0.decision(on: subject) }
      return decisions.contains(false) ? false : decisions.contains(nil) ? nil : true
    case .any(let parts):
      let decisions = parts.map { $0.decision(on: subject) }
      return decisions.contains(true) ? true : decisions.contains(nil) ? nil : false
    case .not(let part): return part.decision(on: subject).map { !$0 }
    case .predicate(let predicate): return predicate.decision(on: subject)
    }
  }
}

/// A condition on one property of a case.
enum FilterPredicate {
  case operatorName(NamePattern)
  case model(NamePattern)
  case elementType(NamePattern)
  case opset(VersionCondition)
  case group(NamePattern)
  case caseID(NamePattern)
  /// Cases that a run of the tier contains.
  case tier(Tier)
  /// Cases that state exactly this tier.
  case exactTier(Tier)
  case accuracyClass(NamePattern)
  case form(NamePattern)

  static let names = [
    "op", "model", "dtype", "opset", "group", "case", "tier", "class", "form",
  ]

  func matches(_ entry: CaseEntry) -> Bool {
    let group = entry.group
    return switch self {
    case .operatorName(let pattern): !group.isModel && pattern.matches(group.operatorName)
    case .model(let pattern): group.isModel && pattern.matches(group.operatorName)
    case .elementType(let pattern):
      group.types.split(separator: ".").contains { pattern.matches(String($0)) }
    case .opset(let condition): condition.holds(group.opset)
    case .group(let pattern): pattern.matches(group.name) || pattern.matches(group.id)
    case .caseID(let pattern): pattern.matches("\(entry.id)")
    case .tier(let tier): tier.contains(group.tier)
    case .exactTier(let tier): tier == group.tier
    case .accuracyClass(let pattern): pattern.matches(group.accuracyClass.rawValue)
    case .form(let pattern): pattern.matches(entry.form.rawValue)
    }
  }

  func decision(on subject: FilterSubject) -> Bool? {
    switch self {
    case .operatorName(let pattern): return !subject.isModel && pattern.matches(subject.name)
    case .model(let pattern): return subject.isModel && pattern.matches(subject.name)
    case .caseID(.exact(let text)):
      let parts = text.split(separator: "/")
      guard parts.count == 4, let dash = parts[1].lastIndex(of: "-") else { return false }
      let isModel = parts[0] == OperatorSchema.modelDomain
      return parts[1][..<dash] == subject.name && isModel == subject.isModel ? nil : false
    case .elementType, .opset, .group, .caseID, .tier, .exactTier, .accuracyClass, .form:
      return nil
    }
  }
}

/// A condition on a version number.
enum VersionCondition {
  case within(ClosedRange<Int>)

  func holds(_ version: Int) -> Bool {
    switch self {
    case .within(let range): range.contains(version)
    }
  }

  /// Reads `13`, `=13`, `>=13`, `>13`, `<=13`, `<13` or `11..18`; nil for other text.
  init?(_ text: String) {
    let ends = text.split(separator: ".")
    if text.contains(".."), ends.count == 2, let low = Int(ends[0]), let high = Int(ends[1]),
      low <= high
    {
      self = .within(low...high)
      return
    }
    let digits = text.drop { "<>=".contains($0) }
    guard let number = Int(digits.drop { $0 == " " }), (0...1_000_000).contains(number) else {
      return nil
    }
    switch text[..<digits.startIndex] {
    case "", "=": self = .within(number...number)
    case ">=": self = .within(number...Int.max)
    case ">": self = .within(number + 1...Int.max)
    case "<=": self = .within(Int.min...number)
    case "<": self = .within(Int.min...number - 1)
    default: return nil
    }
  }
}

/// How a name is matched: exactly, with `*`, or by a regular expression.
enum NamePattern {
  case exact(String)
  /// Parts between the stars.
  case wildcard([Substring])
  case regex(Regex<AnyRegexOutput>)

  /// Reads `Name`, `=Name`, `Na*e` or `~REGEX`; throws when the expression is not one.
  init(_ text: String) throws {
    if text.hasPrefix("~") {
      self = .regex(try Regex(String(text.dropFirst())))
    } else if text.hasPrefix("=") {
      self = .exact(String(text.dropFirst()))
    } else if text.contains("*") {
      self = .wildcard(text.split(separator: "*", omittingEmptySubsequences: false))
    } else {
      self = .exact(text)
    }
  }

  func matches(_ name: String) -> Bool {
    switch self {
    case .exact(let text): text == name
    case .wildcard(let parts): Self.matches(name[...], parts)
    case .regex(let regex): name.contains(regex)
    }
  }

  private static func matches(_ name: Substring, _ parts: [Substring]) -> Bool {
    guard let first = parts.first, let last = parts.last, name.hasPrefix(first),
      name.dropFirst(first.count).hasSuffix(last)
    else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
