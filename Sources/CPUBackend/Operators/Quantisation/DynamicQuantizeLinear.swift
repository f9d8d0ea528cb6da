import Tensors

/// Quantises to uint8 with a scale and a zero point taken from the range of the elements.
///
/// Computed in float32, step by step as the operator's definition: the range is widened to contain
/// 0; the scale is its 255th part; the zero point is `round(limit(0 - min / scale))`. A range of
/// nothing but 0 gives scale 0 and zero point 0.
enum DynamicQuantizeLinearKernel: OperatorKernel {
  static let name = "DynamicQuantizeLinear"
  static let versions = [11]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let values = try x.reals(Float.self)
    var (low, high) = (Float(0), Float(0))
    for value in values {
      if value < low || value.isNaN { low = value }
      if value > high || value.isNaN { high = value }
    }
    let scale = (high - low) / 255
    let exact = 0 - low / scale
    let zero = exact.isNaN ? 0 : min(max(exact, 0), 255).rounded(.toNearestOrEven)
    let quotients = values.map { Double($0 / scale) }
    let zeros = [Double](repeating: Double(zero), count: values.count)
    let quantiser = Quantiser(type: .u8, overflow: .saturate)
    return [
      .tensor(try quantiser.tensor(quotients, zeros: zeros, x.shape)),
      .tensor(try .of(.f32, [], [scale])),
      .tensor(try .of(.u8, [], [UInt8(zero)])),
    ]
  }
}
