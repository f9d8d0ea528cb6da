import ExtendedArithmetic
import Tensors

/// What the operators that update tensors by their gradients share: a rate, a count of updates, and
/// the tensors in equal groups (all values, then all gradients, then all states of each kind).
struct OptimiserCall {
  let rate: DoubleDouble
  let count: Int128
  /// By optimised tensor: its value, its gradient, its states.
  private let variables: [[ExactTensor]]

  /// `states`: how many states each tensor has beside its gradient.
  init(_ call: Call, states: Int) throws(EvaluationError) {
    let name = call.node.operatorName
    let (rate, count) = (try call.tensor(0).reals(), try call.tensor(1).integers())
    guard let rate = rate.first, let count = count.first, try call.tensor(0).count == 1,
      try call.tensor(1).count == 1
    else { throw .invalid("\(name): the rate and the count are scalars") }
    (self.rate, self.count) = (rate, count)
    let tensors = try call.tensors(from: 2)
    let groups = states + 2
    guard !tensors.isEmpty, tensors.count % groups == 0 else {
      throw .invalid("\(name): \(tensors.count) tensors do not form \(groups) equal groups")
    }
    let size = tensors.count / groups
    variables = (0..<size).map { index in (0..<groups).map { tensors[$0 * size + index] } }
    for variable in variables {
      guard variable.allSatisfy({ $0.shape == variable[0].shape }) else {
        throw .unsupported("\(name) of a tensor and a gradient of different shapes")
      }
      guard variable.allSatisfy({ $0.type == variable[0].type }) else {
        throw .unsupported("\(name) of a tensor and a gradient of different types")
      }
    }
  }

  /// The new values of all tensors, then the new states of each kind.
  ///
  /// `update` takes value, gradient and states of an element and gives value and states.
  func outcomes(
    _ update: ([DoubleDouble]) -> [DoubleDouble]
  ) throws(EvaluationError) -> [Outcome] {
    var groups: [[Outcome]] = []
    for variable in variables {
      var columns: [[DoubleDouble]] = []
      for tensor in variable { columns.append(try tensor.reals()) }
      let rows = variable[0].shape.elementCount.map { 0..<$0 } ?? 0..<0
      let results = rows.map { element in update(columns.map { $0[element] }) }
      groups.append(
        (0..<(variable.count - 1)).map { output in
          .composite(
            ExactTensor(
              variable[0].type, variable[0].shape, reals: results.map { $0[output] }))
        })
    }
    guard let first = groups.first else { return [] }
    return first.indices.flatMap { output in groups.map { $0[output] } }
  }

  /// The gradient with that of the penalty ½ · coefficient · ‖x‖² added.
  static func regularised(
    _ gradient: DoubleDouble, _ x: DoubleDouble, _ coefficient: DoubleDouble, _ trace: Trace
  ) -> DoubleDouble {
    coefficient.isZero ? gradient : trace.add(trace.multiply(coefficient, x), gradient)
  }
}
