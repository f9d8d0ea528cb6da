import ModelFormat
import Tensors

/// Strings turned to integers or integers to strings by two parallel lists.
///
/// - (C1) The output has the shape of the input; strings give integers and integers give strings.
/// - (C2) `cats_int64s` and `cats_strings` have one length.
/// - (C3) An input that is in no pair gives `default_int64` or `default_string`.
/// - Not evaluated: an entry that is listed twice, ranks beyond [N, C] and [C].
/// - Accuracy: exact; texts are compared byte by byte.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.CategoryMapper.
enum CategoryMapperEvaluator: Evaluator {
  static let name = "CategoryMapper"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let numbers = try call.ints("cats_int64s") ?? []
    let texts = try call.strings("cats_strings") ?? []
    guard numbers.count == texts.count else {
      throw .invalid("CategoryMapper of \(numbers.count) integers and \(texts.count) strings")
    }
    guard 1...2 ~= x.rank else { throw .unsupported("CategoryMapper of rank \(x.rank)") }
    let integers = ExactTensor(.i64, [numbers.count], integers: numbers.map { Int128($0) })
    let strings = ExactTensor([texts.count], strings: texts)
    if x.type == .string {
      let fallback = Int128(try call.int("default_int64", default: -1))
      let map = try LabelMap(
        keys: strings, values: integers, fallback: ExactTensor(.i64, [], integers: [fallback]))
      return [try map.outcome(of: x)]
    }
    let fallback = try call.string("default_string", default: "_Unused")
    let map = try LabelMap(
      keys: integers, values: strings, fallback: ExactTensor([], strings: [fallback]))
    return [try map.outcome(of: x)]
  }
}
