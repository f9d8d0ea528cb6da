import ModelFormat
import Tensors

/// Texts without stop words, in another case.
///
/// - (C1) Elements equal to one of `stopwords` are removed; case matters when `is_case_sensitive`.
/// - (C2) Then `case_change_action` applies: LOWER, UPPER or NONE.
/// - (C3) The input has the shape [n] or [1, n]; if nothing is left, the output is one empty text.
/// - Case tables beyond ASCII depend on the locale (register A33); cases avoid where they differ.
/// - Source: onnx/onnx docs/Operators.md, StringNormalizer.
enum StringNormalizerEvaluator: Evaluator {
  static let name = "StringNormalizer"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard x.rank == 1 || (x.rank == 2 && x.shape[0] == 1) else {
      throw .invalid("StringNormalizer of \(x.shape)")
    }
    let action = try call.string("case_change_action", default: "NONE")
    guard ["NONE", "LOWER", "UPPER"].contains(action) else { throw .invalid("the case \(action)") }
    let isSensitive = try call.flag("is_case_sensitive")
    func key(_ text: String) -> [UInt8] { Array((isSensitive ? text : text.lowercased()).utf8) }
    let stops = try stopwords(call).map(key)
    var kept = try x.strings().filter { !stops.contains(key($0)) }
    switch action {
    case "LOWER": kept = kept.map { $0.lowercased() }
    case "UPPER": kept = kept.map { $0.uppercased() }
    default: break
    }
    if kept.isEmpty { kept = [""] }
    return [.exact(ExactTensor(x.rank == 1 ? [kept.count] : [1, kept.count], strings: kept))]
  }

  private static func stopwords(_ call: Call) throws(EvaluationError) -> [String] {
    guard let attribute = call.node.attributes["stopwords"] else { return [] }
    guard let words = attribute.stringsValue else { throw .invalid("stopwords are no strings") }
    return words
  }
}
