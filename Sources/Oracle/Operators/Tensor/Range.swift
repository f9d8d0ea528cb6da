import ExtendedArithmetic
import Tensors

/// Numbers from a start by equal steps up to a limit, which is left out.
///
///     y[i] = start + i · delta,   0 ≤ i < max(0, ⌈(limit − start) / delta⌉)
///
/// - (C1) The inputs are scalars of one type.
/// - (C2) Integers are exact.
/// - Height: the definition by others adds delta step by step, i additions for element i; the
///   formula multiplies and adds.
/// - Source: onnx/onnx docs/Operators.md, Range.
enum RangeEvaluator: Evaluator {
  static let name = "Range"
  /// The longest sequence evaluated here.
  private static let greatestCount = 1 << 20

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    var inputs: [ExactTensor] = []
    for position in 0..<3 {
      let input = try call.tensor(position)
      guard input.count == 1 else { throw .invalid("Range: input \(position) is no scalar") }
      inputs.append(input)
    }
    let type = inputs[0].type
    guard inputs.allSatisfy({ $0.type == type }) else { throw .invalid("Range of several types") }
    if type.isInteger {
      let (start, limit, delta) = (
        try inputs[0].integers()[0], try inputs[1].integers()[0], try inputs[2].integers()[0]
      )
      guard delta != 0 else { throw .invalid("Range by steps of 0") }
      // Division truncates; a positive remainder's quotient is one too small.
      let (quotient, rest) = (limit - start).quotientAndRemainder(dividingBy: delta)
      let count = try checked(
        Double(rest != 0 && (rest > 0) == (delta > 0) ? quotient + 1 : quotient))
      let values = (0..<count).map { start + Int128($0) * delta }
      return [.exact(try ExactTensor(type, [count], integers: values).wrapped())]
    }
    let (start, limit, delta) = (
      try inputs[0].reals()[0], try inputs[1].reals()[0], try inputs[2].reals()[0]
    )
    guard start.isFinite, limit.isFinite, delta.isFinite, delta.high != 0 else {
      throw .invalid("Range of infinite length or by steps of 0")
    }
    let count = try checked(((limit - start) / delta).rounded(.up).high)
    var output = AccumulatedTensor(hasProducts: false)
    for index in 0..<count {
      output.append(
        [start] + [DoubleDouble](repeating: delta, count: index),
        height: index == 0 ? 0 : index + 1)
    }
    return [output.outcome(type, [count])]
  }

  private static func checked(_ count: Double) throws(EvaluationError) -> Int {
    guard count <= Double(greatestCount) else { throw .unsupported("Range of \(count) elements") }
    return Int(Swift.max(0, count))
  }
}
