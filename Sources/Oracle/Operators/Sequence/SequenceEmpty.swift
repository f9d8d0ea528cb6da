import Tensors

/// A sequence without elements.
///
/// - (C1) `dtype` names the element type, by default float32.
/// - Source: onnx/onnx docs/Operators.md, SequenceEmpty.
enum SequenceEmptyEvaluator: Evaluator {
  static let name = "SequenceEmpty"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let type = try Conversion.target(number: try call.int("dtype", default: 1))
    // The signature of the only version lists the types of operator set 1 to 12.
    guard type.rawValue < ElementType.bf16.rawValue else {
      throw .invalid("SequenceEmpty of \(type.onnxName)")
    }
    return [.sequence([], of: type)]
  }
}
