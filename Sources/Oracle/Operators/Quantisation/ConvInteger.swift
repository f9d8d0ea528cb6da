/// The convolution of codes with filters of codes, accumulated in int32.
///
///     y = Σ (x − x_zero_point) · (w − w_zero_point)
///
/// - (C1) The zero point of x is a scalar, that of w a scalar or one for each filter.
/// - (C2) The result is exact; an overflow of int32 wraps (register A4, A25).
/// - (C3) Positions in the padding contribute nothing.
/// - Source: onnx/onnx docs/Operators.md, ConvInteger.
enum ConvIntegerEvaluator: Evaluator {
  static let name = "ConvInteger"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let convolution = try IntegerConvolution(
      call, try call.tensor(0), try call.tensor(1),
      zeroPoints: (try call.optionalTensor(2), try call.optionalTensor(3)))
    let tensor = ExactTensor(.i32, convolution.shape, integers: convolution.sums)
    return [.exact(try tensor.wrapped())]
  }
}
