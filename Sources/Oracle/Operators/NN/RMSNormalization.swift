import ExtendedArithmetic

/// Each group of trailing axes scaled by its own root mean square.
///
///     y = x / √(mean(x²) + epsilon) · scale
///
/// - (C1) The axes from `axis` on are normalised together.
///   The quotient may be held in the type of the input: "finally cast `Normalized` back".
/// - (C2) The output has the type of `scale`, which broadcasts to the input.
/// - Source: onnx/onnx docs/Operators.md, RMSNormalization.
enum RMSNormalizationEvaluator: Evaluator {
  static let name = "RMSNormalization"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, weights) = (try call.tensor(0), try call.tensor(1))
    let axis = try call.axis(try call.int("axis", default: -1), rank: x.rank)
    let stash = try Conversion.target(number: try call.int("stash_type", default: 1))
    guard x.type != .f64 || stash == .f64 else {
      throw .unsupported("RMSNormalization of float64 with a narrower stash_type")
    }
    let scale = try weights.broadcast(to: x.shape).reals()
    let epsilon = DoubleDouble(try call.float("epsilon", default: 1e-5))
    let trace = call.trace
    let units = Trace.units(of: x.type)
    let lanes = Lanes(of: x.shape, flattenedFrom: axis)
    var values = try x.reals()
    for lane in lanes.starts.indices {
      let positions = lanes.positions(lane)
      let sum = trace.sumOfSquares(positions.map { values[$0] }, readAs: x.type)
      let mean = trace.divide(sum, by: DoubleDouble(Double(positions.count)))
      let root = trace.primitive(.squareRoot, trace.add(mean, epsilon))
      for position in positions {
        let normal = trace.step(values[position] / root, units: units)
        values[position] = trace.multiply(normal, scale[position])
      }
    }
    return [.composite(ExactTensor(weights.type, x.shape, reals: values))]
  }
}
