import ExtendedArithmetic
import Tensors

/// Each channel centred and scaled by a mean and a variance.
///
///     y = (x − mean) / √(var + epsilon) · scale + B
///
/// - (C1) At inference the given mean and variance are used, whatever `momentum` says.
/// - (C2) With `training_mode` (from version 14 on) the batch's own population moments are used, and
///   running = given · momentum + batch · (1 − momentum).
/// - (C3) Before version 14 further outputs meant training; only inference is evaluated there.
/// - Source: onnx/onnx docs/Operators.md, BatchNormalization.
enum BatchNormalizationEvaluator: Evaluator {
  static let name = "BatchNormalization"
  static let decompositions = 2

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard x.rank >= 1 else { throw .invalid("BatchNormalization of a scalar") }
    let channels = x.rank > 1 ? x.shape[1] : 1
    var rows: [[DoubleDouble]] = []
    for position in 1...4 {
      let row = try call.tensor(position)
      guard row.shape == [channels] else {
        throw .invalid("input \(position) is no row of channels")
      }
      rows.append(try row.reals())
    }
    let isTraining = call.version >= 14 ? try call.flag("training_mode") : false
    guard call.version >= 14 || call.outputCount == 1 else {
      throw .unsupported("training outputs of BatchNormalization before version 14")
    }
    let members = channelMembers(x.shape, channels: channels)
    var values = try x.reals()
    let epsilon = DoubleDouble(try call.float("epsilon", default: 1e-5))
    var (means, variances) = (rows[2], rows[3])
    for channel in 0..<channels where isTraining {
      let moments = Moments(members[channel].map { values[$0] }, call)
      (means[channel], variances[channel]) = (moments.mean, moments.variance)
    }
    for channel in 0..<channels {
      let coefficients = Coefficients(
        mean: means[channel], variance: variances[channel], scale: rows[0][channel],
        offset: rows[1][channel], epsilon: epsilon)
      for position in members[channel] {
        values[position] = coefficients.applied(to: values[position], call)
      }
    }
    let y = Outcome.composite(ExactTensor(x.type, x.shape, reals: values))
    guard isTraining else { return [y] }
    let momentum = DoubleDouble(try call.float("momentum", default: 0.9))
    let type = try call.tensor(3).type
    func running(_ given: [DoubleDouble], _ batch: [DoubleDouble]) -> Outcome {
      let blend = zip(given, batch).map { given, batch in
        call.trace.add(
          call.trace.multiply(given, momentum),
          call.trace.multiply(batch, call.trace.subtract(.one, momentum)))
      }
      return .composite(ExactTensor(type, [channels], reals: blend))
    }
    return [y, running(rows[2], means), running(rows[3], variances)]
  }

  private struct Coefficients {
    let mean: DoubleDouble
    let variance: DoubleDouble
    let scale: DoubleDouble
    let offset: DoubleDouble
    let epsilon: DoubleDouble

    /// Decomposition 0 follows the text; 1 folds scale and offset first, as compilers do.
    func applied(to x: DoubleDouble, _ call: Call) -> DoubleDouble {
      let trace = call.trace
      let root = trace.primitive(.squareRoot, trace.add(variance, epsilon))
      if call.decomposition == 1 {
        let factor = trace.divide(scale, by: root)
        let shift = trace.subtract(offset, trace.multiply(mean, factor))
        return trace.add(trace.multiply(x, factor), shift)
      }
      let normal = trace.divide(trace.subtract(x, mean), by: root)
      return trace.add(trace.multiply(normal, scale), offset)
    }
  }

  /// The positions that belong to each channel, in row-major order.
  private static func channelMembers(_ shape: Shape, channels: Int) -> [[Int]] {
    var members = [[Int]](repeating: [], count: channels)
    for position in 0..<(shape.elementCount ?? 0) {
      members[shape.count > 1 ? shape.index(ofLinear: position)[1] : 0].append(position)
    }
    return members
  }
}
