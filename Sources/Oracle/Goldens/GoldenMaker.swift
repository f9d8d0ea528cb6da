import ExtendedArithmetic
import Spec
import Tensors

/// Turns an outcome into the golden columns of its class.
struct GoldenMaker {
  let outcome: Outcome
  /// For composites: one entry per real tensor inside the value, consumed in order.
  var sensitivities: [Sensitivity]
  /// Whether the golden says what a mode must keep inside of the graph.
  var isModel = false

  /// The legal results: the outcome's own value first.
  mutating func alternatives() throws(EvaluationError) -> [GoldenValue] {
    var values = [try golden(outcome.value)]
    for alternative in outcome.alternatives { values.append(try golden(alternative)) }
    return values
  }

  private mutating func golden(_ value: ExactValue) throws(EvaluationError) -> GoldenValue {
    switch value {
    case .tensor(let tensor): return .tensor(try golden(tensor))
    case .map(let keys, let values): return .map(keys: keys, values: try golden(values))
    case .sequence(let values, let element):
      var goldens: [GoldenValue] = []
      for value in values { goldens.append(try golden(value)) }
      return .sequence(goldens, element: element)
    case .optional(let content, let type):
      guard let content else { return .optional(nil, content: type) }
      return .optional(try golden(content), content: type)
    }
  }

  private mutating func golden(_ tensor: ExactTensor) throws(EvaluationError) -> GoldenTensor {
    GoldenTensor(
      type: tensor.type, shape: tensor.shape, columns: try columns(tensor),
      signedZero: outcome.signedZero, undefined: outcome.undefined,
      required: isModel ? outcome.required : .none)
  }

  private mutating func columns(_ tensor: ExactTensor) throws(EvaluationError) -> GoldenColumns {
    guard case .reals = tensor.elements else { return try codeColumns(tensor) }
    switch outcome.rule {
    case .exact, .selection: return .exact(try tensor.rounded())
    case .oneOf(let others): return try oneOf(tensor, others)
    case .rounded: return .rounded(try reals(tensor))
    case .elementwise(let budget): return .elementwise(try reals(tensor), budget)
    case .accumulated(let side): return .accumulated(try reals(tensor), side)
    case .product(let range): return .product(try reals(tensor), range)
    case .quantised(let column): return .quantised(column)
    case .random(let distribution): return .random(distribution)
    case .composite:
      guard !sensitivities.isEmpty else {
        throw .invalid("a composite result without measured sensitivities")
      }
      return .composite(try reals(tensor), sensitivities.removeFirst())
    }
  }

  /// Integer, bool, string and complex tensors.
  private func codeColumns(_ tensor: ExactTensor) throws(EvaluationError) -> GoldenColumns {
    switch outcome.rule {
    case .quantised(let column): return .quantised(column)
    case .selection(let column): return .selection(column)
    case .random(let distribution): return .random(distribution)
    case .oneOf(let others): return try oneOf(tensor, others)
    case .exact, .rounded, .elementwise, .accumulated, .product, .composite:
      return .exact(try tensor.rounded())
    }
  }

  private func oneOf(
    _ tensor: ExactTensor, _ others: [ExactTensor]
  ) throws(EvaluationError) -> GoldenColumns {
    var all = [try tensor.rounded()]
    for other in others { all.append(try other.rounded()) }
    return .oneOf(all)
  }

  /// g, with its low part for float64 outputs, whose own rounding is as fine as g's high part, and
  /// wherever one rounding of the exact result could differ from a second rounding of the high part.
  private func reals(_ tensor: ExactTensor) throws(EvaluationError) -> RealColumn {
    let values = try tensor.reals()
    var keepsLow = tensor.type == .f64
    if case .rounded = outcome.rule { keepsLow = keepsLow || values.contains { $0.low != 0 } }
    return RealColumn(high: values.map(\.high), low: keepsLow ? values.map(\.low) : [])
  }
}
