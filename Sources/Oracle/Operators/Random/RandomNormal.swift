import ExtendedArithmetic
import Spec
import Tensors

/// Values drawn from a normal distribution; only their statistics are judged.
///
/// - (C1) Shape and type (`dtype`, float by default) are as asked.
/// - (C2) `mean` and `scale` are those of the distribution.
/// - Source: onnx/onnx docs/Operators.md, RandomNormal.
enum RandomNormalEvaluator: Evaluator {
  static let name = "RandomNormal"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    guard let shape = try call.ints("shape"), let count = shape.elementCount else {
      throw .invalid("RandomNormal lacks its shape")
    }
    let type = try Conversion.target(number: try call.int("dtype", default: 1))
    guard type.isFloat else { throw .invalid("RandomNormal of \(type.onnxName)") }
    let mean = try call.float("mean", default: 0)
    let deviation = try call.float("scale", default: 1)
    // The oracle's own draw, for when it serves as a backend.
    var random = CounterRandom(key: (UInt64(bitPattern: Int64(call.node.seedWord)), 1))
    let draws = (0..<count).map { _ in DoubleDouble(mean + deviation * random.nextNormal()) }
    return [
      Outcome(
        .tensor(ExactTensor(type, shape, reals: draws)),
        .random(.normal(mean: mean, deviation: deviation)))
    ]
  }
}
