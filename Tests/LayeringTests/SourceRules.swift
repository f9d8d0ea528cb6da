/// Rules for the text of source files.
enum SourceRules {
  /// No hand-written file is longer.
  static let lineLimit = 600
  /// Longer files are listed.
  static let lineBudget = 400

  /// Files over the budget, with the reason.
  static let longFiles: [String: String] = [
    "Sources/BackendABI/include/assay_backend.h": "the standard interface is read as one text"
  ]

  /// Files that may end the process, with the reason.
  static let trapFiles: [String: String] = [
    "Sources/NumericFormats/PackedBits.swift": "widths are constants of this package's formats",
    "Sources/Cases/Identity/SHA256.swift": "without SHA-256 nothing of the suite can be identified",
  ]

  private static let traps = [
    "fatalError(", "try!", "as!", "precondition(", "preconditionFailure(",
  ]

  /// What is wrong with the length of a file, nil when nothing is.
  static func lengthViolation(path: String, lines: Int) -> String? {
    if lines > lineLimit { return "\(path): \(lines) lines, the limit is \(lineLimit)" }
    guard lines > lineBudget, longFiles[path] == nil else { return nil }
    return "\(path): \(lines) lines, the budget is \(lineBudget)"
  }

  /// One text per line with a call that ends the process.
  static func trapViolations(path: String, lines: [some StringProtocol]) -> [String] {
    guard trapFiles[path] == nil else { return [] }
    return lines.enumerated().compactMap { position, line in
      let code = beforeComment(String(line))
      guard let trap = traps.first(where: { code.contains($0) }) else { return nil }
      return "\(path):\(position + 1): \(trap)"
    }
  }

  private static func beforeComment(_ line: String) -> Substring {
    var position = line.startIndex
    while position < line.endIndex {
      if line[position...].hasPrefix("//") { return line[..<position] }
      position = line.index(after: position)
    }
    return line[...]
  }
}
