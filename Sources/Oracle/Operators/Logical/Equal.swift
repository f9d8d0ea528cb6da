/// Whether two tensors are equal, element by element, under multidirectional broadcasting.
///
///     c[i] = (a[i] = b[i])
///
/// - (C1) NaN equals nothing; −0 equals +0.
/// - (C2) Strings are equal byte for byte.
/// - Source: onnx/onnx docs/Operators.md, Equal.
enum EqualEvaluator: Evaluator {
  static let name = "Equal"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (a, b, shape) = try ExactTensor.broadcast(try call.tensor(0), try call.tensor(1))
    guard a.type == b.type else { throw .invalid("Equal of different types") }
    let answers: [Bool]
    switch a.elements {
    case .reals(let values): answers = zip(values, try b.reals()).map { $0.high == $1.high }
    case .integers(let values): answers = zip(values, try b.integers()).map { $0 == $1 }
    case .strings(let values):
      answers = zip(values, try b.strings()).map { Array($0.utf8) == Array($1.utf8) }
    case .complex: throw .invalid("Equal of complex numbers")
    }
    return [.exact(ExactTensor(shape, bools: answers))]
  }
}
