import Tensors

/// Channels brought to mean 0 and variance 1, then scaled and shifted.
///
///     y = (x − mean[c]) / √(var[c] + ε) · scale[c] + b[c]
///
/// At inference mean and variance are the stored ones, whatever `momentum` says. In training they
/// are those of the batch (population variance, in two passes), and the running ones become
/// `stored · momentum + batch · (1 − momentum)`. Version 9 trains when the model uses more than the
/// first output. All arithmetic is binary64, rounded once.
enum BatchNormalizationKernel: OperatorKernel {
  static let name = "BatchNormalization"
  static let versions = [9, 14, 15]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard declaration.version >= 14, declaration.outputCount > 1 else { return }
    guard try declaration.attributes.flag("training_mode", default: false) else {
      throw .invalidModel("only training has running statistics as outputs")
    }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let channels = try channels(x.shape)
    var parameters: [[Double]] = []
    for position in 1...4 {
      let tensor = try call.tensor(position)
      guard tensor.shape == [channels.count] else {
        throw .invalidInput(
          "input \(position) has shape \(tensor.shape) for \(channels.count) channels")
      }
      parameters.append(try tensor.reals(Double.self))
    }
    let stored = Statistics(means: parameters[2], variances: parameters[3])
    let isTraining = try isTraining(call)
    let values = try x.reals(Double.self)
    let used = isTraining ? statistics(values, channels) : stored
    let epsilon = Double(try call.float("epsilon", default: 1e-5))
    let y = normalised(values, channels, used, epsilon, (parameters[0], parameters[1]))
    let result = Value.tensor(try .rounding(y, to: x.type, x.shape))
    guard isTraining else { return [result] }
    return [result] + (try running(call, stored, used))
  }

  private struct Statistics {
    var means: [Double]
    var variances: [Double]
  }

  /// The axes as images × channels × elements of a plane.
  private struct Channels {
    var images: Int
    var count: Int
    var plane: Int
  }

  private static func channels(_ shape: Shape) throws(KernelError) -> Channels {
    guard let images = shape.first else { throw .invalidInput("the input is a scalar") }
    // A vector is a batch of one channel.
    guard shape.count > 1 else { return Channels(images: images, count: 1, plane: 1) }
    guard let plane = Array(shape[2...]).elementCount else {
      throw .invalidInput("shape \(shape) is too large")
    }
    return Channels(images: images, count: shape[1], plane: plane)
  }

  private static func isTraining(_ call: Call) throws(KernelError) -> Bool {
    if call.version >= 14 { return try call.flag("training_mode", default: false) }
    return (1...4).contains { call.wants($0) }
  }

  private static func statistics(_ x: [Double], _ channels: Channels) -> Statistics {
    var result = Statistics(means: [], variances: [])
    for channel in 0..<channels.count {
      var elements: [Double] = []
      elements.reserveCapacity(channels.images * channels.plane)
      for image in 0..<channels.images {
        let start = (image * channels.count + channel) * channels.plane
        elements += x[start..<start + channels.plane]
      }
      let moments = elements.withUnsafeBufferPointer { LayerNormalizationKernel.moments($0) }
      result.means.append(moments.mean)
      result.variances.append(moments.variance)
    }
    return result
  }

  private static func normalised(
    _ x: [Double], _ channels: Channels, _ used: Statistics, _ epsilon: Double,
    _ parameters: (scale: [Double], bias: [Double])
  ) -> [Double] {
    var y = [Double](repeating: 0, count: x.count)
    guard channels.plane > 0 else { return y }
    for part in 0..<x.count / channels.plane {
      let channel = part % channels.count
      let root = (used.variances[channel] + epsilon).squareRoot()
      let (mean, bias) = (used.means[channel], parameters.bias[channel])
      let scale = parameters.scale[channel]
      for index in part * channels.plane..<(part + 1) * channels.plane {
        y[index] = (x[index] - mean) / root * scale + bias
      }
    }
    return y
  }

  /// The outputs after the first: running statistics, in version 9 also those of the batch.
  private static func running(
    _ call: Call, _ stored: Statistics, _ batch: Statistics
  ) throws(KernelError) -> [Value] {
    let momentum = Double(try call.float("momentum", default: 0.9))
    func blend(_ old: [Double], _ new: [Double]) -> [Double] {
      zip(old, new).map { $0 * momentum + $1 * (1 - momentum) }
    }
    let type = try call.tensor(3).type
    var lists = [
      blend(stored.means, batch.means), blend(stored.variances, batch.variances),
    ]
    if call.version < 14 { lists += [batch.means, batch.variances] }
    var outputs: [Value] = []
    for list in lists {
      outputs.append(.tensor(try .rounding(list, to: type, [list.count])))
    }
    return outputs
  }
}
