import Tensors

/// Elements divided by a power of the sum of squares around them, across channels.
///
///     y[n, c, p] = x[n, c, p] / (bias + alpha / size · Σ_i x[n, i, p]²)^beta
///     c − ⌊(size − 1)/2⌋ ≤ i ≤ c + ⌈(size − 1)/2⌉, as far as there are channels
///
/// All arithmetic is binary64, rounded once.
enum LRNKernel: OperatorKernel {
  static let name = "LRN"
  static let versions = [1, 13]

  static func check(_ declaration: Declaration) throws(KernelError) {
    let size = try declaration.attributes.int("size", default: 0)
    guard size >= 1 else { throw .invalidModel("size is \(size), it must be at least 1") }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let planes = try ChannelPlanes(x.shape)
    let size = try call.int("size", default: 1)
    let factor = Double(try call.float("alpha", default: 1e-4)) / Double(size)
    let beta = Double(try call.float("beta", default: 0.75))
    let bias = Double(try call.float("bias", default: 1))
    let values = try x.reals(Double.self)
    var result = values
    for plane in 0..<planes.count {
      let channel = plane % planes.channels
      let below = min(channel, (size - 1) / 2)
      let above = min(planes.channels - 1 - channel, size / 2)
      for index in plane * planes.area..<(plane + 1) * planes.area {
        var sum = 0.0
        for step in -below...above {
          let value = values[index + step * planes.area]
          sum += value * value
        }
        result[index] = values[index] / Double.pow(bias + factor * sum, beta)
      }
    }
    return [.tensor(try .rounding(result, to: x.type, x.shape))]
  }
}
