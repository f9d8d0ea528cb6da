/// A regular expression in the syntax of RE2, read.
indirect enum Pattern {
  /// One scalar that passes the test.
  case scalar(@Sendable (Unicode.Scalar) -> Bool)
  case assertion(Assertion)
  case sequence([Pattern])
  case either([Pattern])
  /// From `least` to `most` times in a row, without an end where `most` is nil.
  case repeated(Pattern, least: Int, most: Int?)

  /// What has to be so between two scalars.
  enum Assertion {
    case start, end, wordBorder, noWordBorder

    func holds(at place: Int, of text: [Unicode.Scalar]) -> Bool {
      switch self {
      case .start: return place == 0
      case .end: return place == text.count
      case .wordBorder, .noWordBorder:
        let before = place > 0 && ScalarClass.isWord(text[place - 1])
        let after = place < text.count && ScalarClass.isWord(text[place])
        return (before != after) == (self == .wordBorder)
      }
    }
  }
}

/// Sets of scalars that patterns name; all of ASCII.
enum ScalarClass {
  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (48...57).contains(scalar.value) }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    (97...122).contains(scalar.value | 0x20)
  }

  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    isLetter(scalar) || isDigit(scalar) || scalar == "_"
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    [9, 10, 12, 13, 32].contains(scalar.value)
  }

  /// The test of `\d`, `\W` and their like; nil for another letter.
  static func named(_ letter: Unicode.Scalar) -> (@Sendable (Unicode.Scalar) -> Bool)? {
    let tests: [Unicode.Scalar: @Sendable (Unicode.Scalar) -> Bool] = [
      "d": isDigit, "w": isWord, "s": isSpace,
    ]
    guard let small = Unicode.Scalar(letter.value | 0x20), isLetter(letter), let test = tests[small]
    else { return nil }
    return small == letter ? test : { !test($0) }
  }

  /// Whether the scalar, or where case does not count its other case, lies in the range.
  static func holds(
    _ scalar: Unicode.Scalar, _ range: ClosedRange<Unicode.Scalar>, ignoringCase: Bool
  ) -> Bool {
    if range.contains(scalar) { return true }
    guard ignoringCase, isLetter(scalar), let other = Unicode.Scalar(scalar.value ^ 0x20) else {
      return false
    }
    return range.contains(other)
  }
}
