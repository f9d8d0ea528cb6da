import ModelFormat
import Tensors

/// A tensor of the asked shape with one value everywhere.
///
/// - (C1) The output has the shape that the input holds.
/// - (C2) Every element is the one of `value`.
/// - (C3) Without `value` the output is float32 zeros.
/// - Source: onnx/onnx docs/Operators.md, ConstantOfShape.
enum ConstantOfShapeEvaluator: Evaluator {
  static let name = "ConstantOfShape"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let shape = try call.tensor(0).ints()
    guard shape.elementCount != nil else { throw .invalid("ConstantOfShape of \(shape)") }
    var value = ExactTensor.zero(of: .f32)
    if let attribute = call.node.attributes["value"] {
      guard let tensor = attribute.tensorValue, tensor.count == 1 else {
        throw .invalid("the value of ConstantOfShape is not one element")
      }
      value = try ExactTensor(tensor).reshaped([])
    }
    return [.exact(try value.moved(to: shape) { _ in [] })]
  }
}
