import ExtendedArithmetic
import NumericFormats
import Tensors

/// Each group of trailing axes centred and scaled by its own moments.
///
///     y = (x − mean) / √(var + epsilon) · scale + B
///
/// - (C1) The axes from `axis` on are normalised together.
///   The quotient may be held in the type of the input, "finally cast `Normalized` back", and the
///   second stage works in that type.
/// - (C2) Scale and B broadcast to the input.
/// - (C3) Mean and InvStdDev have the type `stash_type` and keep the normalised axes as 1.
/// - A `stash_type` of 16 bits is evaluated where it rounds nothing.
/// - Source: onnx/onnx docs/Operators.md, LayerNormalization.
enum LayerNormalizationEvaluator: Evaluator {
  static let name = "LayerNormalization"
  static let decompositions = 2

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let axis = try call.axis(try call.int("axis", default: -1), rank: x.rank)
    let stash = try Conversion.target(number: try call.int("stash_type", default: 1))
    guard x.type != .f64 || stash == .f64 else {
      throw .unsupported("LayerNormalization of float64 with a narrower stash_type")
    }
    let scale = try call.tensor(1).broadcast(to: x.shape).reals()
    let offset = try call.optionalTensor(2)?.broadcast(to: x.shape).reals()
    let epsilon = DoubleDouble(try call.float("epsilon", default: 1e-5))
    let trace = call.trace
    let units = Trace.units(of: x.type)
    let lanes = Lanes(of: x.shape, flattenedFrom: axis)
    var values = try x.reals()
    var (means, inverses): ([DoubleDouble], [DoubleDouble]) = ([], [])
    for lane in lanes.starts.indices {
      let positions = lanes.positions(lane)
      let moments = Moments(positions.map { values[$0] }, call)
      let root = trace.primitive(.squareRoot, trace.add(moments.variance, epsilon))
      means.append(moments.mean)
      inverses.append(trace.divide(.one, by: root))
      if trace.source == nil, call.decomposition == 0 {
        let row = positions.map { values[$0] }
        let steps = [moments.mean, moments.variance, root, trace.divide(.one, by: root)]
        try require(row + row.map { $0 - moments.mean } + steps, in: stash)
      }
      for position in positions {
        let centred = trace.subtract(values[position], moments.mean)
        let normal = trace.step(centred / root, units: units)
        let scaled = trace.step(normal * scale[position], units: offset == nil ? 1 : units)
        values[position] = offset.map { trace.add(scaled, $0[position]) } ?? scaled
      }
    }
    let kept = Shape(x.shape[..<axis]) + [Int](repeating: 1, count: x.rank - axis)
    return [
      .composite(ExactTensor(x.type, x.shape, reals: values)),
      .composite(ExactTensor(stash, kept, reals: means)),
      .composite(ExactTensor(stash, kept, reals: inverses)),
    ]
  }

  /// Steps in 16 bits need a rule of their own, except where none of them rounds.
  private static func require(
    _ steps: [DoubleDouble], in stash: ElementType
  ) throws(EvaluationError) {
    guard let format = stash.floatFormat, format.precision < 24 else { return }
    guard steps.allSatisfy({ $0.low == 0 && format.round($0.high) == $0.high }) else {
      throw .unsupported("LayerNormalization with statistics rounded to \(stash.onnxName)")
    }
  }
}
