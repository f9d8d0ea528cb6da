/// Reads a pattern in the syntax of RE2.
struct TextPatternParser {
  private let pattern: [Unicode.Scalar]
  private var place = 0
  private var ignoresCase = false
  private var dotTakesAll = false

  init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

  mutating func parse() throws(EvaluationError) -> TextPattern.Node {
    let node = try alternatives()
    guard place == pattern.count else { throw wrong("an unexpected )") }
    return node
  }

  private func wrong(_ reason: String) -> EvaluationError {
    .invalid("the pattern has \(reason) at \(place)")
  }

  private var next: Unicode.Scalar? { place < pattern.count ? pattern[place] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    place += 1
    return true
  }

  private mutating func alternatives() throws(EvaluationError) -> TextPattern.Node {
    // Flags hold up to the end of the group.
    let outer = (ignoresCase, dotTakesAll)
    var choices = [try sequence()]
    while take("|") { choices.append(try sequence()) }
    (ignoresCase, dotTakesAll) = outer
    return choices.count == 1 ? choices[0] : .either(choices)
  }

  private mutating func sequence() throws(EvaluationError) -> TextPattern.Node {
    var parts: [TextPattern.Node] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      guard let atom = try atom() else { continue }
      parts.append(try repeated(atom))
    }
    return .sequence(parts)
  }

  /// One part of a sequence; nil for a group of flags alone.
  private mutating func atom() throws(EvaluationError) -> TextPattern.Node? {
    guard let scalar = next else { throw wrong("an end") }
    place += 1
    switch scalar {
    case "(": return try group()
    case "[": return try set()
    case "\\": return try escaped()
    case "^": return .start
    case "$": return .end
    case ".":
      let takesAll = dotTakesAll
      return .scalar { takesAll || $0 != "\n" }
    case "*", "+", "?": throw wrong("nothing to repeat")
    default: return literal(scalar)
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> TextPattern.Node {
    guard ignoresCase else { return .scalar { $0 == scalar } }
    let folded = Self.folded(scalar)
    return .scalar { Self.folded($0) == folded }
  }

  private mutating func group() throws(EvaluationError) -> TextPattern.Node? {
    if take("?") {
      if take("P") {
        guard take("<") else { throw wrong("an unknown group") }
        while let scalar = next, scalar != ">" {
          guard Self.isWord(scalar) else { throw wrong("a wrong name") }
          place += 1
        }
        guard take(">") else { throw wrong("a name without an end") }
      } else if !take(":") {
        return try flags()
      }
    }
    let node = try alternatives()
    guard take(")") else { throw wrong("a group without an end") }
    return node
  }

  /// `(?i)` for the rest of the group around it, or `(?i:…)`.
  private mutating func flags() throws(EvaluationError) -> TextPattern.Node? {
    let outer = (ignoresCase, dotTakesAll)
    while let scalar = next, scalar == "i" || scalar == "s" {
      if scalar == "i" { ignoresCase = true } else { dotTakesAll = true }
      place += 1
    }
    if take(")") { return nil }
    if next == "m" || next == "U" || next == "-" { throw .unsupported("flags of a pattern") }
    guard take(":") else { throw wrong("an unknown group") }
    let node = try alternatives()
    (ignoresCase, dotTakesAll) = outer
    guard take(")") else { throw wrong("a group without an end") }
    return node
  }

  private mutating func repeated(
    _ atom: TextPattern.Node
  ) throws(EvaluationError) -> TextPattern.Node {
    guard let (least, most) = try count() else { return atom }
    // Taking as little as possible changes nothing about a whole match.
    _ = take("?")
    if try count() != nil { throw wrong("a repeated repetition") }
    return .repeated(atom, least: least, most: most)
  }

  private mutating func count() throws(EvaluationError) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = place
    guard take("{"), let least = number() else {
      // What is no count is a literal.
      place = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else {
      place = start
      return nil
    }
    guard least <= 1000, most ?? least <= 1000, most ?? least >= least else {
      throw wrong("a wrong count")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = next, ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
      place += 1
    }
    return digits.isEmpty ? nil : Int(digits) ?? .max
  }

  private mutating func escaped() throws(EvaluationError) -> TextPattern.Node {
    guard let scalar = next else { throw wrong("an escape of nothing") }
    place += 1
    if scalar == "b" || scalar == "B" { return .border(isNegated: scalar == "B") }
    if scalar == "A" { return .start }
    if scalar == "z" { return .end }
    if let test = Self.namedClass(scalar) { return .scalar(test) }
    return literal(try plain(scalar))
  }

  /// The scalar that an escape stands for.
  private func plain(_ scalar: Unicode.Scalar) throws(EvaluationError) -> Unicode.Scalar {
    let controls: [Unicode.Scalar: Unicode.Scalar] = [
      "n": "\n", "t": "\t", "r": "\r", "f": "\u{0C}", "v": "\u{0B}", "a": "\u{07}",
    ]
    if let control = controls[scalar] { return control }
    if scalar.isASCII, !Self.isWord(scalar) { return scalar }
    if "pPxQC0".unicodeScalars.contains(scalar) { throw .unsupported("an escape of a pattern") }
    throw wrong("an unknown escape")
  }

  private mutating func set() throws(EvaluationError) -> TextPattern.Node {
    let isNegated = take("^")
    var tests: [@Sendable (Unicode.Scalar) -> Bool] = []
    var isFirst = true
    while isFirst || next != "]" {
      isFirst = false
      guard let low = next else { throw wrong("a set without an end") }
      place += 1
      if low == "[", next == ":" { throw .unsupported("a named set of a pattern") }
      if low == "\\", let name = next, let test = Self.namedClass(name) {
        place += 1
        tests.append(test)
        continue
      }
      tests.append(try range(from: try member(low)))
    }
    place += 1
    let all = tests
    return .scalar { scalar in all.contains { $0(scalar) } != isNegated }
  }

  private mutating func member(
    _ scalar: Unicode.Scalar
  ) throws(EvaluationError) -> Unicode.Scalar {
    guard scalar == "\\" else { return scalar }
    guard let name = next else { throw wrong("an escape of nothing") }
    place += 1
    return try plain(name)
  }

  private mutating func range(
    from low: Unicode.Scalar
  ) throws(EvaluationError) -> @Sendable (Unicode.Scalar) -> Bool {
    var high = low
    if next == "-", place + 1 < pattern.count, pattern[place + 1] != "]" {
      place += 2
      high = try member(pattern[place - 1])
      guard low <= high else { throw wrong("a range in the wrong order") }
    }
    let last = high
    guard ignoresCase else { return { $0 >= low && $0 <= last } }
    return { scalar in
      Self.variants(scalar).contains { $0 >= low && $0 <= last }
    }
  }

  // MARK: ASCII

  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
      || ("0"..."9").contains(scalar) || scalar == "_"
  }

  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar)
      ? Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) | 0x20) : scalar
  }

  private static func variants(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    guard ("a"..."z").contains(folded(scalar)) else { return [scalar] }
    return [scalar, Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) ^ 0x20)]
  }

  private static func namedClass(
    _ name: Unicode.Scalar
  ) -> (@Sendable (Unicode.Scalar) -> Bool)? {
    switch name {
    case "d": { ("0"..."9").contains($0) }
    case "D": { !("0"..."9").contains($0) }
    case "w": { isWord($0) }
    case "W": { !isWord($0) }
    case "s": { isSpace($0) }
    case "S": { !isSpace($0) }
    default: nil
    }
  }

  /// RE2's `\s` has no vertical tab.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\u{0C}" || scalar == "\r"
  }
}
