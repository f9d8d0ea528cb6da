import Tensors

/// The number of tensors of a sequence, as a scalar.
///
/// - Source: onnx/onnx docs/Operators.md, SequenceLength.
enum SequenceLengthEvaluator: Evaluator {
  static let name = "SequenceLength"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let count = Int128(try call.sequence(0).elements.count)
    return [.exact(ExactTensor(.i64, [], integers: [count]))]
  }
}
