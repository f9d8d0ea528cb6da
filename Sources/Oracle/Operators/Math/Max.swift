import ExtendedArithmetic

/// The elementwise maximum of any number of tensors under multidirectional broadcasting.
///
///     y[i] = max(x_0[i], x_1[i], …)
///
/// - (C1) A NaN in any operand gives NaN, wherever it stands (register A1).
/// - (C2) The sign of a zero is free (register A3).
/// - Source: onnx/onnx docs/Operators.md, Max.
enum MaxEvaluator: Evaluator {
  static let name = "Max"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let inputs = try call.tensors()
    guard var result = inputs.first else { throw .invalid("Max needs at least one input") }
    for input in inputs.dropFirst() {
      guard input.type == result.type else { throw .invalid("Max of different types") }
      let (a, b, shape) = try ExactTensor.broadcast(result, input)
      if a.isIntegral {
        let larger = zip(try a.integers(), try b.integers()).map { Swift.max($0, $1) }
        result = ExactTensor(a.type, shape, integers: larger)
      } else {
        let larger = zip(try a.reals(), try b.reals()).map { [$0, $1].maximum }
        result = ExactTensor(a.type, shape, reals: larger)
      }
    }
    return [.exact(result, signedZero: false)]
  }
}
