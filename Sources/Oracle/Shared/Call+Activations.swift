import ExtendedArithmetic
import NumericFormats
import Spec
import Tensors

/// Functions of one number with float attributes.
extension Call {
  /// What a function makes of the first input, with the attributes' values in the order given.
  ///
  /// The texts speak of the attribute, which is a float32; the function bodies first cast it to the
  /// type of the input. Where that changes it (16-bit types), either is legal for the whole output.
  func activation(
    _ attributes: KeyValuePairs<String, Float>,
    _ function: (ExactTensor, [DoubleDouble]) throws(EvaluationError) -> Outcome
  ) throws(EvaluationError) -> [Outcome] {
    var values: [DoubleDouble] = []
    for (name, fallback) in attributes {
      values.append(DoubleDouble(try float(name, default: fallback)))
    }
    let type = try tensor(0).type
    return try activation(readings: [values, values.map { Self.held($0, as: type) }], function)
  }

  /// What a function makes of the first input under each legal reading of its parameters; the first
  /// one decides what is open and how large the budget is.
  func activation(
    readings: [[DoubleDouble]],
    _ function: (ExactTensor, [DoubleDouble]) throws(EvaluationError) -> Outcome
  ) throws(EvaluationError) -> [Outcome] {
    let x = try tensor(0)
    guard let first = readings.first else { throw .invalid("a function without parameters") }
    var outcome = try function(x, first)
    for reading in readings.dropFirst() where reading != first {
      outcome.alternatives.append(try function(x, reading).value)
    }
    return [outcome]
  }

  /// A parameter as the type holds it; what exceeds the type stays as it is.
  static func held(_ x: DoubleDouble, as type: ElementType) -> DoubleDouble {
    guard let format = type.floatFormat else { return x }
    let rounded = format.round(high: x.high, low: x.low)
    return rounded.isFinite ? DoubleDouble(rounded) : x
  }
}
