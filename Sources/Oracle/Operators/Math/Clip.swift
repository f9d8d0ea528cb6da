import ExtendedArithmetic
import Tensors

/// Each element limited to an interval.
///
///     y[i] = min(max, max(min, x[i]))
///
/// - (C1) The output has the shape and type of the input.
/// - (C2) NaN gives NaN (register A1); the sign of a zero is free (register A3).
/// - (C3) The bounds are attributes before version 11 and scalar inputs from then on.
/// - (C4) With min above max every number gives max from version 13 on, before that it is open.
/// - Left open: numbers beyond the largest of the type, or of float32 before version 11, where
///   that bound is missing, since the text names "numeric_limits::max()" and the function body
///   leaves the bound out; NaN as a bound; NaN where min is above max.
/// - Source: onnx/onnx docs/Operators.md, Clip.
enum ClipEvaluator: Evaluator {
  static let name = "Clip"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    if x.isIntegral { return [try integers(x, call)] }
    let (low, high) = call.version < 11 ? try attributes(call) : try inputs(call)
    let end = DoubleDouble(
      call.version < 11
        ? Double(Float.greatestFiniteMagnitude) : Double.greatestFiniteMagnitude)
    let isCrossed = isAbove(low, high)
    let isOpenAtAll = low?.isNaN == true || high?.isNaN == true || (isCrossed && call.version < 13)
    var outcome = Outcome.exact(
      try x.mapReals { limited($0, low, high) }, signedZero: false)
    outcome.undefined = OpenElements.mask(
      try x.reals().map { value in
        if isOpenAtAll || (value.isNaN && isCrossed) { return true }
        return (low == nil && value < -end) || (high == nil && value > end)
      })
    return [outcome]
  }

  private static func limited(
    _ x: DoubleDouble, _ low: DoubleDouble?, _ high: DoubleDouble?
  ) -> DoubleDouble {
    var result = x
    if let low, result < low { result = low }
    if let high, result > high { result = high }
    return result
  }

  private static func isAbove<Number: Comparable>(_ low: Number?, _ high: Number?) -> Bool {
    if let low, let high { low > high } else { false }
  }

  private static func attributes(
    _ call: Call
  ) throws(EvaluationError) -> (DoubleDouble?, DoubleDouble?) {
    let low = call.node.attributes["min"] == nil ? nil : try call.float("min", default: 0)
    let high = call.node.attributes["max"] == nil ? nil : try call.float("max", default: 0)
    return (low.map { DoubleDouble($0) }, high.map { DoubleDouble($0) })
  }

  private static func inputs(
    _ call: Call
  ) throws(EvaluationError) -> (DoubleDouble?, DoubleDouble?) {
    guard call.node.attributes.isEmpty else {
      throw .invalid("Clip \(call.version) with the attributes of version 6")
    }
    return (try scalar(1, call)?.reals().first, try scalar(2, call)?.reals().first)
  }

  private static func scalar(
    _ position: Int, _ call: Call
  ) throws(EvaluationError) -> ExactTensor? {
    guard let bound = try call.optionalTensor(position) else { return nil }
    guard bound.rank == 0 else { throw .invalid("Clip with a bound that is no scalar") }
    guard bound.type == (try call.tensor(0).type) else {
      throw .invalid("Clip with a bound of another type")
    }
    return bound
  }

  private static func integers(
    _ x: ExactTensor, _ call: Call
  ) throws(EvaluationError) -> Outcome {
    let low = try scalar(1, call)?.integers().first
    let high = try scalar(2, call)?.integers().first
    let values = try x.integers().map { value in
      let raised = low.map { Swift.max($0, value) } ?? value
      return high.map { Swift.min($0, raised) } ?? raised
    }
    var outcome = Outcome.exact(ExactTensor(x.type, x.shape, integers: values))
    if isAbove(low, high), call.version < 13 { outcome.undefined = values.map { _ in true } }
    return outcome
  }
}
