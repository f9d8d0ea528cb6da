package import Tensors

/// Groups of neighbouring channels brought to mean 0 and variance 1, then scaled and shifted.
///
/// All arithmetic is binary64; inputs of other types are rounded once at the end.
package struct ChannelNormalization: Sendable {
  private let planes: ChannelPlanes
  /// Channels of a group.
  private let members: Int
  private let scale: [Double]
  private let bias: [Double]
  private let epsilon: Double

  /// Reads scale and bias, one value for each channel, and `epsilon`.
  ///
  /// - Throws: `invalidInput` for other shapes, `invalidModel` unless the groups divide the channels.
  package init(_ call: Call, _ shape: Shape, groups: Int) throws(KernelError) {
    planes = try ChannelPlanes(shape)
    guard groups >= 1, planes.channels % groups == 0 else {
      throw .invalidModel("\(groups) groups do not divide \(planes.channels) channels")
    }
    members = planes.channels / groups
    let (scale, bias) = (try call.tensor(1), try call.tensor(2))
    guard scale.shape == [planes.channels], bias.shape == [planes.channels] else {
      throw .invalidInput(
        "scale \(scale.shape) and bias \(bias.shape) for \(planes.channels) channels")
    }
    self.scale = try scale.reals(Double.self)
    self.bias = try bias.reals(Double.self)
    epsilon = Double(try call.float("epsilon", default: 1e-5))
  }

  /// The normalised tensor.
  package func tensor(_ x: Tensor) throws(KernelError) -> Tensor {
    var values = try x.reals(Double.self)
    let length = members * planes.area
    guard length > 0 else { return x }
    for start in stride(from: 0, to: values.count, by: length) {
      let (mean, variance) = values[start..<start + length].withUnsafeBufferPointer {
        LayerNormalizationKernel.moments($0)
      }
      let root = (variance + epsilon).squareRoot()
      for index in start..<start + length {
        let channel = index / planes.area % planes.channels
        values[index] = (values[index] - mean) / root * scale[channel] + bias[channel]
      }
    }
    return try .rounding(values, to: x.type, x.shape)
  }
}
