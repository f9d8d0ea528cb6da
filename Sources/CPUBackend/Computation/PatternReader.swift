/// Reads a pattern in the syntax of RE2.
///
/// Errors are `invalidModel` for what RE2 refuses and `unsupported` for what is not implemented:
/// named sets, classes of Unicode, escapes by number, and the flags m, U and −.
struct PatternReader {
  /// Groups within groups at most.
  private static let greatestDepth = 200
  /// RE2's limit of counted repetitions.
  private static let greatestRepetition = 1000

  private var rest: Substring.UnicodeScalarView
  private var ignoresCase = false
  private var dotIsAny = false
  private var depth = 0

  /// The pattern of a text.
  static func read(_ text: String) throws(KernelError) -> Pattern {
    var reader = PatternReader(rest: text[...].unicodeScalars)
    let pattern = try reader.choices()
    guard reader.rest.isEmpty else { throw refused("a closing bracket too many") }
    return pattern
  }

  private init(rest: Substring.UnicodeScalarView) { self.rest = rest }

  private static func refused(_ what: String) -> KernelError {
    .invalidModel("the pattern has \(what)")
  }

  private mutating func skips(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func choices() throws(KernelError) -> Pattern {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.greatestDepth else {
      throw .unsupported(.construct, "groups nested \(depth) deep")
    }
    let outer = (ignoresCase, dotIsAny)
    defer { (ignoresCase, dotIsAny) = outer }
    var list = [try row()]
    while skips("|") { list.append(try row()) }
    return .either(list)
  }

  private mutating func row() throws(KernelError) -> Pattern {
    var parts: [Pattern] = []
    while let scalar = rest.first, scalar != "|", scalar != ")" {
      rest.removeFirst()
      guard let part = try part(scalar) else { continue }
      parts.append(try repeated(part))
    }
    return .sequence(parts)
  }

  /// What begins with the scalar; nil for flags of the group around.
  private mutating func part(_ scalar: Unicode.Scalar) throws(KernelError) -> Pattern? {
    switch scalar {
    case "(": return try group()
    case "[": return try set()
    case "\\": return try escape()
    case "^": return .assertion(.start)
    case "$": return .assertion(.end)
    case "*", "+", "?": throw Self.refused("nothing before \(scalar)")
    case ".":
      let isAny = dotIsAny
      return .scalar { isAny || $0 != "\n" }
    default: return literal(scalar...scalar)
    }
  }

  private func literal(_ range: ClosedRange<Unicode.Scalar>) -> Pattern {
    let ignoresCase = ignoresCase
    return .scalar { ScalarClass.holds($0, range, ignoringCase: ignoresCase) }
  }

  // MARK: Groups

  private mutating func group() throws(KernelError) -> Pattern? {
    guard skips("?") else { return try closed() }
    if skips("P") {
      guard skips("<"), let end = rest.firstIndex(of: ">"), end > rest.startIndex,
        rest[..<end].allSatisfy(ScalarClass.isWord)
      else { throw Self.refused("a group of another kind") }
      rest = rest[rest.index(after: end)...]
      return try closed()
    }
    let outer = (ignoresCase, dotIsAny)
    while let flag = rest.first, flag == "i" || flag == "s" {
      rest.removeFirst()
      if flag == "i" { ignoresCase = true } else { dotIsAny = true }
    }
    if skips(")") { return nil }
    if let flag = rest.first, flag == "m" || flag == "U" || flag == "-" {
      throw .unsupported(.construct, "the flag \(flag) in a pattern")
    }
    guard skips(":") else { throw Self.refused("a group of another kind") }
    defer { (ignoresCase, dotIsAny) = outer }
    return try closed()
  }

  private mutating func closed() throws(KernelError) -> Pattern {
    let pattern = try choices()
    guard skips(")") else { throw Self.refused("a group without an end") }
    return pattern
  }

  // MARK: Repetitions

  private mutating func repeated(_ part: Pattern) throws(KernelError) -> Pattern {
    guard let (least, most) = try repetition() else { return part }
    // How much a part takes is the same for a whole match.
    _ = skips("?")
    guard try repetition() == nil else { throw Self.refused("a repetition of a repetition") }
    return .repeated(part, least: least, most: most)
  }

  private mutating func repetition() throws(KernelError) -> (Int, Int?)? {
    if skips("*") { return (0, nil) }
    if skips("+") { return (1, nil) }
    if skips("?") { return (0, 1) }
    // Braces that hold no count stand for themselves.
    let start = rest
    guard skips("{"), let least = number() else {
      rest = start
      return nil
    }
    let isRange = skips(",")
    let most = isRange ? number() : least
    guard skips("}") else {
      rest = start
      return nil
    }
    guard max(least, most ?? 0) <= Self.greatestRepetition, most ?? least >= least else {
      throw Self.refused("a wrong count of repetitions")
    }
    return (least, most)
  }

  /// Digits as a number, capped where it is out of every range.
  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = rest.first, ScalarClass.isDigit(scalar) {
      rest.removeFirst()
      value = min((value ?? 0) * 10 + Int(scalar.value) - 48, 1_000_000)
    }
    return value
  }

  // MARK: Sets and escapes

  private mutating func escape() throws(KernelError) -> Pattern {
    guard let letter = rest.popFirst() else { throw Self.refused("nothing behind \\") }
    switch letter {
    case "A": return .assertion(.start)
    case "z": return .assertion(.end)
    case "b": return .assertion(.wordBorder)
    case "B": return .assertion(.noWordBorder)
    default: break
    }
    if let test = ScalarClass.named(letter) { return .scalar(test) }
    let scalar = try escaped(letter)
    return literal(scalar...scalar)
  }

  private func escaped(_ letter: Unicode.Scalar) throws(KernelError) -> Unicode.Scalar {
    switch letter {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "f": return "\u{0C}"
    case "v": return "\u{0B}"
    case "a": return "\u{07}"
    case "p", "P", "x", "Q", "C", "0":
      throw .unsupported(.construct, "the escape \\\(letter) in a pattern")
    default:
      guard letter.isASCII, !ScalarClass.isWord(letter) else {
        throw Self.refused("the escape \\\(letter), which RE2 does not know")
      }
      return letter
    }
  }

  private mutating func set() throws(KernelError) -> Pattern {
    let isNegated = skips("^")
    var tests: [@Sendable (Unicode.Scalar) -> Bool] = []
    // A bracket in the first place is a member.
    while tests.isEmpty || rest.first != "]" {
      guard let first = rest.popFirst() else { throw Self.refused("a set without an end") }
      if first == "[", rest.first == ":" {
        throw .unsupported(.construct, "a named set in a pattern")
      }
      if first == "\\", let letter = rest.first, let test = ScalarClass.named(letter) {
        rest.removeFirst()
        tests.append(test)
        continue
      }
      let low = try member(first)
      var high = low
      if rest.first == "-", let end = rest.dropFirst().first, end != "]" {
        rest = rest.dropFirst(2)
        high = try member(end)
      }
      guard low <= high else { throw Self.refused("a range in the wrong order") }
      guard case .scalar(let test) = literal(low...high) else { continue }
      tests.append(test)
    }
    rest.removeFirst()
    let all = tests
    return .scalar { scalar in all.contains { $0(scalar) } != isNegated }
  }

  private mutating func member(
    _ scalar: Unicode.Scalar
  ) throws(KernelError) -> Unicode.Scalar {
    guard scalar == "\\" else { return scalar }
    guard let letter = rest.popFirst() else { throw Self.refused("nothing behind \\") }
    return try escaped(letter)
  }
}
