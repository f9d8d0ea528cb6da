/// What is wrong in a case file, where, and what to do.
///
/// Printed as `Softmax.yaml:14: group "each-axis": unknown fill "normale"; did you mean "normal"?`
package struct CaseFileError: Error, Hashable, Sendable {
  package let path: String
  /// Line, from 1; 0 when the file as a whole is meant.
  package let line: Int
  /// The case group, when the error lies in one.
  package let group: String?
  package let reason: String
  /// What to do instead.
  package let remedy: String?

  package init(
    path: String, line: Int = 0, group: String? = nil, reason: String, remedy: String? = nil
  ) {
    self.path = path
    self.line = line
    self.group = group
    self.reason = reason
    self.remedy = remedy
  }

  init(_ fault: SyntaxFault, path: String, group: String? = nil) {
    self.init(
      path: fault.file ?? path, line: fault.line, group: group, reason: fault.reason,
      remedy: fault.remedy)
  }
}

extension CaseFileError: CustomStringConvertible {
  package var description: String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let place = line > 0 ? "\(file):\(line)" : file
    return "\(place): " + (group.map { "group \"\($0)\": " } ?? "") + reason
      + (remedy.map { "; \($0)" } ?? "")
  }
}

/// An error inside a file whose name the thrower does not know.
struct SyntaxFault: Error {
  let line: Int
  let reason: String
  var remedy: String?
  /// The path of the file the line is counted in, where it is not the case file.
  var file: String?

  init(_ line: Int, _ reason: String, remedy: String? = nil) {
    (self.line, self.reason, self.remedy) = (line, reason, remedy)
  }

  /// An unknown word, with the nearest known one as the remedy.
  static func unknown(
    _ kind: String, _ word: String, at line: Int, known: some Sequence<String>
  ) -> SyntaxFault {
    let known = known.sorted()
    let remedy =
      Suggestion.nearest(to: word, among: known).map { "did you mean \"\($0)\"?" }
      ?? (known.isEmpty ? nil : "known: \(known.joined(separator: ", "))")
    return SyntaxFault(line, "unknown \(kind) \"\(word)\"", remedy: remedy)
  }
}
