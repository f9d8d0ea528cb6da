import ExtendedArithmetic
import Spec
import Tensors

/// Ones drawn with the probabilities that the input holds; only their statistics are judged.
///
/// - (C1) The output has the input's shape and the type `dtype`, by default the input's.
/// - (C2) Probabilities lie in [0, 1]; 0 and 1 are certain.
/// - Source: onnx/onnx docs/Operators.md, Bernoulli.
enum BernoulliEvaluator: Evaluator {
  static let name = "Bernoulli"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let input = try call.tensor(0)
    let probabilities = try input.reals().map(\.high)
    guard probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw .invalid("a probability outside [0, 1]")
    }
    let named = try call.int("dtype", default: 0)
    let type = named == 0 ? input.type : try Conversion.target(number: named)
    var random = CounterRandom(key: (UInt64(bitPattern: Int64(call.node.seedWord)), 2))
    let draws = probabilities.map { random.nextUnit() < $0 }
    let tensor =
      type.isFloat
      ? ExactTensor(type, input.shape, reals: draws.map { $0 ? .one : .zero })
      : ExactTensor(type, input.shape, integers: draws.map { $0 ? 1 : 0 })
    return [Outcome(.tensor(tensor), .random(.bernoulli(probabilities)))]
  }
}
