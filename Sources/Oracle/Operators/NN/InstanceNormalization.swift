import ExtendedArithmetic

/// Each plane centred and scaled by its own moments.
///
///     y = scale[c] · (x − mean) / √(variance + epsilon) + B[c]
///
/// - (C1) Mean and population variance are those of one image and channel.
/// - (C2) Scale and B hold one value for each channel.
/// - Source: onnx/onnx docs/Operators.md, InstanceNormalization.
enum InstanceNormalizationEvaluator: Evaluator {
  static let name = "InstanceNormalization"
  static let decompositions = 2

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let planes = try Planes(call, x)
    let (scale, offset) = (try call.tensor(1), try call.tensor(2))
    guard scale.shape == [planes.channels], offset.shape == [planes.channels] else {
      throw .invalid(
        "InstanceNormalization: \(scale.shape) or \(offset.shape) is no row of channels")
    }
    let (scales, offsets) = (try scale.reals(), try offset.reals())
    let epsilon = DoubleDouble(try call.float("epsilon", default: 1e-5))
    var values = try x.reals()
    for plane in 0..<planes.count {
      let positions = planes.positions(plane)
      let channel = plane % planes.channels
      let form = Standardisation(positions.map { values[$0] }, epsilon: epsilon, call)
      for position in positions {
        values[position] = form.applied(
          to: values[position], scale: scales[channel], offset: offsets[channel])
      }
    }
    return [.composite(ExactTensor(x.type, x.shape, reals: values))]
  }
}
