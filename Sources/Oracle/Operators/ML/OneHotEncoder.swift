import ExtendedArithmetic
import Tensors

/// Ones at the places of categories along a new last axis.
///
///     Y[…, k] = 1 where x[…] is category k, else 0
///
/// - (C1) The output is float32 with the shape of the input and one more axis, as long as the list.
/// - (C2) Exactly one list is stated: `cats_strings` for strings, `cats_int64s` for numbers.
/// - (C3) Floating-point numbers are cast to integers, which cuts off their fraction.
/// - (C4) Without its category an element gives zeros, or is refused where `zeros` is 0.
/// - Not evaluated: a category listed twice, numbers beyond int64 and NaN; strings beside a list
///   of integers, none of which they are.
/// - Accuracy: exact.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.OneHotEncoder.
enum OneHotEncoderEvaluator: Evaluator {
  static let name = "OneHotEncoder"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let texts = try call.strings("cats_strings")
    let numbers = try call.ints("cats_int64s")
    if x.type == .string, texts == nil, numbers != nil {
      throw .unsupported("OneHotEncoder of strings by a list of integers")
    }
    guard (texts == nil) != (numbers == nil), (texts != nil) == (x.type == .string) else {
      throw .invalid("OneHotEncoder needs the categories of its input, and no others")
    }
    let count = texts?.count ?? numbers?.count ?? 0
    let categories =
      texts.map { ExactTensor([count], strings: $0) }
      ?? ExactTensor(.i64, [count], integers: (numbers ?? []).map { Int128($0) })
    let none = Int128(count)
    let map = try LabelMap(
      keys: categories, values: ExactTensor(.i64, [count], integers: (0..<none).map { $0 }),
      fallback: ExactTensor(.i64, [], integers: [none]))
    guard case .tensor(let found) = try map.outcome(of: try whole(x)).value else { return [] }
    let places = try found.integers()
    if try !call.flag("zeros", default: true), places.contains(none) {
      throw .invalid("OneHotEncoder of an element without a category")
    }
    let values = places.flatMap { place in
      (0..<none).map { $0 == place ? DoubleDouble.one : .zero }
    }
    return [.exact(ExactTensor(.f32, x.shape + [count], reals: values))]
  }

  private static func whole(_ x: ExactTensor) throws(EvaluationError) -> ExactTensor {
    guard case .reals(let reals) = x.elements else { return x }
    var values: [Int128] = []
    for value in reals {
      guard value.isFinite, value.high.magnitude < 0x1p63 else {
        throw .unsupported("OneHotEncoder of numbers beyond int64")
      }
      values.append(Int128(value.high.rounded(.towardZero)))
    }
    return ExactTensor(.i64, x.shape, integers: values)
  }
}
