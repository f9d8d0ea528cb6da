import Tensors

/// The bits of each element read as another type of the same width.
///
/// - (C1) The output has the shape of the input and the type that `to` names.
/// - (C2) Both types have the same width; strings have none.
/// - The bits of a NaN are not part of its value here: what becomes of one is left open.
/// - Source: onnx/onnx docs/Operators.md, BitCast.
enum BitCastEvaluator: Evaluator {
  static let name = "BitCast"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let type = try Conversion.target(number: try call.int("to"))
    guard type != .string, x.type != .string, type.bitWidth == x.type.bitWidth else {
      throw .invalid("BitCast of \(x.type.onnxName) to \(type.onnxName)")
    }
    guard let read = Tensor(type: type, shape: x.shape, bytes: try x.rounded().bytes) else {
      throw .invalid("BitCast of \(x.type.onnxName) to \(type.onnxName)")
    }
    var outcome = Outcome.exact(ExactTensor(read))
    if type != x.type { outcome.undefined = OpenElements.mask(isNaN(x)) }
    return [outcome]
  }

  private static func isNaN(_ x: ExactTensor) -> [Bool] {
    switch x.elements {
    case .reals(let values): values.map(\.isNaN)
    case .complex(let values): values.map { $0.real.isNaN || $0.imaginary.isNaN }
    case .integers, .strings: []
    }
  }
}
