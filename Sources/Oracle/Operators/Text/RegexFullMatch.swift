import Tensors

/// Whether each text as a whole matches a pattern.
///
/// - (C1) The whole text, not a part of it, has to match.
/// - (C2) The pattern is one of RE2; others are refused.
/// - Source: onnx/onnx docs/Operators.md, RegexFullMatch; google/re2 Syntax.
enum RegexFullMatchEvaluator: Evaluator {
  static let name = "RegexFullMatch"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard call.node.attributes["pattern"] != nil else { throw .invalid("the pattern is missing") }
    let pattern = try TextPattern(try call.string("pattern", default: ""))
    return [.exact(ExactTensor(x.shape, bools: try x.strings().map { pattern.matches($0) }))]
  }
}
