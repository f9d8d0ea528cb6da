import Tensors

/// The parts of each text between delimiters, and how many there are.
///
/// Rows are filled up with empty texts to the length of the longest. Without a delimiter, runs of
/// ASCII white space delimit, and none is left at the ends of a text.
enum StringSplitKernel: OperatorKernel {
  static let name = "StringSplit"
  static let versions = [20]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard try declaration.attributes.int("maxsplit") ?? 0 >= 0 else {
      throw .unsupported(.construct, "a negative maxsplit")
    }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let delimiter = Array(try call.string("delimiter", default: "").unicodeScalars)
    let limit = try call.int("maxsplit", default: .max)
    let rows = x.strings.map { text in
      let scalars = Array(text.unicodeScalars)
      return delimiter.isEmpty
        ? words(trimmed(scalars), limit: limit) : parts(scalars, delimiter, limit: limit)
    }
    let width = rows.map(\.count).max() ?? 0
    let shape = x.shape + [width]
    _ = try Allocation.count(of: shape, type: .string)
    let texts = rows.flatMap { row in
      row.map(text) + [String](repeating: "", count: width - row.count)
    }
    return [
      .tensor(try .of(strings: texts, shape)),
      .tensor(try .of(.i64, x.shape, rows.map { Int64($0.count) })),
    ]
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  private static func parts(
    _ text: [Unicode.Scalar], _ delimiter: [Unicode.Scalar], limit: Int
  ) -> [ArraySlice<Unicode.Scalar>] {
    var parts: [ArraySlice<Unicode.Scalar>] = []
    var rest = text[...]
    var index = 0
    while parts.count < limit, index + delimiter.count <= text.count {
      guard text[index...].starts(with: delimiter) else {
        index += 1
        continue
      }
      parts.append(rest[..<index])
      index += delimiter.count
      rest = text[index...]
    }
    return parts + [rest]
  }

  private static func words(
    _ text: ArraySlice<Unicode.Scalar>, limit: Int
  ) -> [ArraySlice<Unicode.Scalar>] {
    guard !text.isEmpty else { return [] }
    return text.split(maxSplits: limit, omittingEmptySubsequences: true, whereSeparator: isSpace)
      .map { $0.drop(while: isSpace) }
  }

  private static func trimmed(_ text: [Unicode.Scalar]) -> ArraySlice<Unicode.Scalar> {
    var text = text.drop(while: isSpace)
    while let last = text.last, isSpace(last) { text.removeLast() }
    return text
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || (9...13).contains(scalar.value)
  }
}
