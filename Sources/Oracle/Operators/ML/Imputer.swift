import ExtendedArithmetic
import Tensors

/// Elements that equal one value replaced by another, which may depend on the feature.
///
///     y[…, f] = imputed[f]     where x[…, f] = replaced
///     y[…, f] = x[…, f]        otherwise
///
/// - (C1) The output has the shape and type of the input; other elements keep every bit.
/// - (C2) A replaced value of NaN stands for every NaN; zeros of both signs are equal.
/// - (C3) The list of imputed values has one element, for all features, or one for each feature.
/// - (C4) Exactly one of the two lists is stated, the one of the input's kind; its values fit the
///   type of the input.
/// - Not evaluated: ranks beyond [N, C] and [C].
/// - Accuracy: exact; the attributes are float32 numbers for float64 too.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.Imputer.
enum ImputerEvaluator: Evaluator {
  static let name = "Imputer"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reals = try call.floats("imputed_value_floats")
    let integers = try call.ints("imputed_value_int64s")
    guard 1...2 ~= x.rank, let features = x.shape.last else {
      throw .unsupported("Imputer of rank \(x.rank)")
    }
    guard (reals == nil) != (integers == nil), (integers != nil) == x.isIntegral else {
      throw .invalid("Imputer needs imputed values of the kind of its input, and no others")
    }
    let count = reals?.count ?? integers?.count ?? 0
    guard count == 1 || count == features else {
      throw .invalid("Imputer of \(count) values for \(features) features")
    }
    if let integers { return [.exact(try imputed(call, x, integers))] }
    let replaced = try call.float("replaced_value_float", default: 0)
    let imputed = (reals ?? []).map { DoubleDouble($0) }
    let values = try x.reals().enumerated().map { position, value in
      let isReplaced = value.isNaN ? replaced.isNaN : value.high == replaced
      return isReplaced ? imputed[position % count] : value
    }
    return [.exact(ExactTensor(x.type, x.shape, reals: values))]
  }

  private static func imputed(
    _ call: Call, _ x: ExactTensor, _ integers: [Int]
  ) throws(EvaluationError) -> ExactTensor {
    let replaced = Int128(try call.int("replaced_value_int64", default: 0))
    let range = try ExactTensor.integerRange(of: x.type)
    let wide = integers.map { Int128($0) }
    guard wide.allSatisfy({ range.contains($0) }) else {
      throw .invalid("Imputer of values beyond \(x.type.onnxName)")
    }
    let values = try x.integers().enumerated().map { position, value in
      value == replaced ? wide[position % wide.count] : value
    }
    return ExactTensor(x.type, x.shape, integers: values)
  }
}
