import Tensors

/// The parts of each text between delimiters, filled up with empty texts, and their number.
///
/// - (C1) Without a delimiter (or an empty one), runs of white space delimit, and none is left at
///   either end; otherwise every occurrence of the delimiter does, from left to right.
/// - (C2) At most `maxsplit` times; the rest is the last part.
/// - (C3) Y has one more axis, as long as the most parts; Z holds the number of parts.
/// - White space is that of ASCII.
/// - Source: onnx/onnx docs/Operators.md, StringSplit.
enum StringSplitEvaluator: Evaluator {
  static let name = "StringSplit"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let delimiter = Array(try call.string("delimiter", default: "").utf8)
    let most = try call.int("maxsplit", default: .max)
    guard most >= 0 else { throw .unsupported("StringSplit with a maxsplit of \(most)") }
    let parts = try x.strings().map { text in
      let bytes = Array(text.utf8)
      return delimiter.isEmpty ? words(bytes, most) : pieces(bytes, delimiter, most)
    }
    let width = parts.map(\.count).max() ?? 0
    let texts = parts.flatMap { part in
      part.map { String(decoding: $0, as: UTF8.self) }
        + [String](repeating: "", count: width - part.count)
    }
    let counts = parts.map { Int128($0.count) }
    return [
      .exact(ExactTensor(x.shape + [width], strings: texts)),
      .exact(ExactTensor(.i64, x.shape, integers: counts)),
    ]
  }

  private static func pieces(
    _ text: [UInt8], _ delimiter: [UInt8], _ most: Int
  ) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var (start, place) = (0, 0)
    while place + delimiter.count <= text.count, pieces.count < most {
      if Array(text[place..<(place + delimiter.count)]) == delimiter {
        pieces.append(Array(text[start..<place]))
        place += delimiter.count
        start = place
      } else {
        place += 1
      }
    }
    return pieces + [Array(text[start...])]
  }

  private static func words(_ text: [UInt8], _ most: Int) -> [[UInt8]] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    var rest = text[...]
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    var words: [[UInt8]] = []
    while true {
      rest = rest.drop(while: isSpace)
      guard !rest.isEmpty else { return words }
      let word = words.count < most ? rest.prefix { !isSpace($0) } : rest
      words.append(Array(word))
      rest = rest.dropFirst(word.count)
    }
  }
}
