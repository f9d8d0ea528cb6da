import ExtendedArithmetic

/// Each group of channels centred and scaled by its own moments.
///
///     y = scale[c] · (x − mean) / √(variance + epsilon) + bias[c]
///
/// - (C1) Mean and population variance are those of one image and group of neighbouring channels.
/// - (C2) Scale and bias hold one value for each channel.
/// - (C3) `num_groups` divides the channels.
///   The quotient may be held in the type of the input, "casts the normalized results back", and the
///   second stage works in that type.
/// - Source: onnx/onnx docs/Operators.md, GroupNormalization.
enum GroupNormalizationEvaluator: Evaluator {
  static let name = "GroupNormalization"
  static let decompositions = 2

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let planes = try Planes(call, x)
    let (scale, offset) = (try call.tensor(1), try call.tensor(2))
    let groups = try call.int("num_groups")
    guard groups > 0, planes.channels % groups == 0, scale.shape == [planes.channels],
      offset.shape == [planes.channels]
    else { throw .invalid("GroupNormalization of \(planes.channels) channels in \(groups) groups") }
    let stash = try Conversion.target(number: try call.int("stash_type", default: 1))
    guard x.type != .f64 || stash == .f64 else {
      throw .unsupported("GroupNormalization of float64 with a narrower stash_type")
    }
    let (scales, offsets) = (try scale.reals(), try offset.reals())
    let epsilon = DoubleDouble(try call.float("epsilon", default: 1e-5))
    let units = Trace.units(of: x.type)
    let members = planes.channels / groups
    var values = try x.reals()
    for first in stride(from: 0, to: planes.count, by: Swift.max(1, members)) {
      let range =
        planes.positions(first).lowerBound..<planes.positions(first + members - 1).upperBound
      let form = Standardisation(range.map { values[$0] }, epsilon: epsilon, call)
      for position in range {
        let channel = position / planes.area % planes.channels
        values[position] = form.applied(
          to: values[position], scale: scales[channel], offset: offsets[channel], units: units)
      }
    }
    return [.composite(ExactTensor(x.type, x.shape, reals: values))]
  }
}
