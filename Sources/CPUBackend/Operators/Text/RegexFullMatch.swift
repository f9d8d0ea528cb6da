import Tensors

/// Whether a whole text matches a pattern.
///
/// Patterns are compiled by the standard library, with classes of ASCII and matching by Unicode
/// scalars. What it knows beyond RE2 is refused: references, looking around, atomic groups and
/// possessive repetitions.
enum RegexFullMatchKernel: OperatorKernel {
  static let name = "RegexFullMatch"
  static let versions = [20]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try pattern(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let pattern = try pattern(call.attributes)
    var answers: [UInt8] = []
    for text in x.strings {
      do {
        answers.append(try pattern.wholeMatch(in: text) == nil ? 0 : 1)
      } catch {
        throw .internalError("matching fails: \(error)")
      }
    }
    return [.tensor(try .of(.bool, x.shape, answers))]
  }

  private static func pattern(
    _ attributes: Attributes
  ) throws(KernelError) -> Regex<AnyRegexOutput> {
    guard let text = try attributes.string("pattern") else {
      throw .invalidModel("attribute pattern is missing")
    }
    if let beyond = beyondRE2(Array(text.unicodeScalars)) {
      throw .invalidModel("the pattern has \(beyond), which RE2 does not know")
    }
    do {
      // Unicode's word boundaries, the default, see none in `a.b`.
      return try Regex(withEscapedBrackets(text)).matchingSemantics(.unicodeScalar)
        .wordBoundaryKind(.simple)
        .asciiOnlyDigits()
        .asciiOnlyWordCharacters().asciiOnlyWhitespace()
    } catch {
      throw .invalidModel("the pattern is invalid: \(error)")
    }
  }

  /// A bracket right behind the beginning of a set is a member of it in RE2; the standard library
  /// takes it for the end of an empty set.
  private static func withEscapedBrackets(_ pattern: String) -> String {
    var result = ""
    var (isInSet, isEscaped) = (false, false)
    /// 2 right behind the beginning of a set, 1 right behind its `^`.
    var opening = 0
    for scalar in pattern.unicodeScalars {
      if opening > 0, scalar == "]" { result += "\\" }
      result.unicodeScalars.append(scalar)
      if isEscaped {
        (isEscaped, opening) = (false, 0)
      } else if scalar == "\\" {
        (isEscaped, opening) = (true, 0)
      } else if !isInSet {
        isInSet = scalar == "["
        opening = isInSet ? 2 : 0
      } else {
        isInSet = scalar != "]" || opening > 0
        opening = opening == 2 && scalar == "^" ? 1 : 0
      }
    }
    return result
  }

  /// What the pattern has that only other dialects know; nil for nothing.
  private static func beyondRE2(_ pattern: [Unicode.Scalar]) -> String? {
    var index = 0
    var isInSet = false
    while index < pattern.count {
      let (scalar, next) = (pattern[index], pattern.dropFirst(index + 1).first)
      if scalar == "\\" {
        if let next, ("1"..."9").contains(next) || next == "k" { return "a reference" }
        index += 1
      } else if isInSet {
        isInSet = scalar != "]"
      } else if scalar == "[" {
        isInSet = true
        // A bracket right behind the first one is a member.
        if next == "]" || next == "^" { index += 1 }
      } else if scalar == "(", next == "?", let kind = pattern.dropFirst(index + 2).first,
        "=!>#|".unicodeScalars.contains(kind)
          || (kind == "<"
            && "=!".unicodeScalars.contains(pattern.dropFirst(index + 3).first ?? " "))
      {
        return "a group of another kind"
      } else if "*+?}".unicodeScalars.contains(scalar), next == "+" || next == "*" {
        return "a repeated repetition"
      }
      index += 1
    }
    return nil
  }
}
