/// A file of functions in ONNX's textual syntax, each under headings `#! key: value`.
///
/// The first heading behind a function starts the next one; other lines starting with `#` are
/// comments. The header `<domain: …, opset_import: …>` of a function may be left out.
package struct FunctionFile: Sendable {
  package let path: String
  package let entries: [Entry]

  /// One function with its headings; its text may hold variables that are replaced before reading.
  package struct Entry: Sendable {
    let path: String
    /// The line of the first heading, from 1.
    package let line: Int
    package fileprivate(set) var headings: [String: String] = [:]
    /// Empty lines stand for the headings, so that lines count from the first of them.
    fileprivate var text = ""
    fileprivate var hasFunction = false
  }

  /// - Throws: `FunctionFileError` for a heading that is not one of `keys`, or is given twice.
  package init(path: String, text: String, keys: Set<String>) throws(FunctionFileError) {
    self.path = path
    var entries: [Entry] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let number = index + 1
      guard line.hasPrefix("#!") else {
        guard !entries.isEmpty else { continue }
        entries[entries.count - 1].text += line + "\n"
        if !line.hasPrefix("#"), line.contains(where: { $0 != " " }) {
          entries[entries.count - 1].hasFunction = true
        }
        continue
      }
      let (key, value) = try Self.heading(line, keys, path, number)
      if entries.last?.hasFunction ?? true { entries.append(Entry(path: path, line: number)) }
      guard entries[entries.count - 1].headings.updateValue(value, forKey: key) == nil else {
        throw FunctionFileError(path: path, line: number, reason: "\(key) is given twice")
      }
      entries[entries.count - 1].text += "\n"
    }
    self.entries = entries
  }

  private static func heading(
    _ line: Substring, _ keys: Set<String>, _ path: String, _ number: Int
  ) throws(FunctionFileError) -> (key: String, value: String) {
    let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1).map(\.trimmed)
    guard parts.count == 2, keys.contains(parts[0]) else {
      throw FunctionFileError(
        path: path, line: number, reason: "unknown key; the keys are \(keys.sorted())")
    }
    return (parts[0], parts[1])
  }
}

extension FunctionFile.Entry {
  /// The function, with every `$name` of `variables` replaced by its text.
  /// - Throws: `FunctionFileError` at the line that cannot be read, or for more or fewer than one
  ///   function.
  package func function(
    replacing variables: [String: String] = [:]
  ) throws(FunctionFileError) -> LocalFunction {
    var text = text
    for (name, value) in variables.sorted(by: { $0.key.count > $1.key.count }) {
      text = text.replacing("$" + name, with: value)
    }
    let model: Model
    do throws(ModelError) {
      model = try Model(text: "<opset_import: [\"\": 18]> g () => () {}\n" + text)
    } catch {
      guard case .text(let line, let column, let reason) = error else {
        throw fault("is no function: \(error)")
      }
      throw FunctionFileError(
        path: path, line: self.line + max(0, line - 2),
        reason: "is no function: column \(column): \(reason)")
    }
    guard model.functions.count == 1, let function = model.functions.first else {
      throw fault("must have one function, it has \(model.functions.count)")
    }
    return function
  }

  /// An error at the entry's first line.
  package func fault(_ reason: String) -> FunctionFileError {
    FunctionFileError(path: path, line: line, reason: reason)
  }

  /// The words of a heading, by blanks and commas; nil without the heading.
  package func words(_ key: String) -> [String]? {
    headings[key]?.split { $0 == " " || $0 == "," }.map { String($0) }
  }

  /// The whole numbers of a heading; nil without it.
  package func numbers(_ key: String) throws(FunctionFileError) -> Set<Int>? {
    guard let words = words(key) else { return nil }
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count else {
      throw fault("\(key) are numbers with blanks between")
    }
    return Set(numbers)
  }

  /// The attribute and the value that the heading `where` demands; nil without it.
  package func condition() throws(FunctionFileError) -> (attribute: String, value: Attribute)? {
    guard let text = headings["where"] else { return nil }
    let parts = text.split(separator: "=").map(\.trimmed)
    guard parts.count == 2 else { throw fault("where must be attribute = value") }
    return (parts[0], Int64(parts[1]).map { Attribute.int($0) } ?? .string(parts[1]))
  }
}

/// What is wrong in a file of functions, and where.
package struct FunctionFileError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  /// From 1.
  package let line: Int
  package let reason: String

  package init(path: String, line: Int, reason: String) {
    (self.path, self.line, self.reason) = (path, line, reason)
  }

  package var description: String { "\(path):\(line): \(reason)" }
}

extension Substring {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " }
    var end = start
    while end.last == " " { end.removeLast() }
    return String(end)
  }
}
