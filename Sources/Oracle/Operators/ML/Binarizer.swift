import ExtendedArithmetic

/// One where an element is greater than the threshold, zero elsewhere.
///
///     y[i] = 1         where x[i] > threshold
///     y[i] = 0         otherwise
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) The threshold itself gives zero, and so does NaN, which is not greater; nothing is
///   greater than a threshold of NaN.
/// - (C3) The threshold is exactly the float32 of the attribute; integers are compared with that
///   number, not with one rounded to an integer.
/// - Accuracy: exact.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.Binarizer.
enum BinarizerEvaluator: Evaluator {
  static let name = "Binarizer"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let threshold = DoubleDouble(try call.float("threshold", default: 0))
    return try call.exactly(
      signedZero: false, reals: { $0 > threshold ? .one : .zero },
      integers: { DoubleDouble($0) > threshold ? 1 : 0 })
  }
}
