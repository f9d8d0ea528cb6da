import Tensors

/// The convolution of quantised operands, quantised again.
///
///     y = limit(round((Σ (x − x zero) · (w − w zero) + b) · x scale · w scale / y scale) + y zero)
///
/// The sum is exact in 32 bits that wrap around; what follows is computed in float64. The filters
/// have parameters for all of them or for each.
enum QLinearConvKernel: OperatorKernel {
  static let name = "QLinearConv"
  static let versions = [10]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let w = try call.tensor(3)
    let convolution = try IntegerConvolution(
      call, try call.tensor(0), w, zeroPoints: (try call.tensor(2), try call.tensor(5)))
    let filters = w.shape[0]
    let left = try scalar(call, 1)
    let right = try call.tensor(4).reals(Double.self)
    guard right.count == 1 || right.count == filters else {
      throw .invalidInput("\(right.count) scales for \(filters) filters")
    }
    let bias = try call.optionalTensor(8)
    if let bias, bias.shape != [filters] {
      throw .invalidInput("the bias has shape \(bias.shape) for \(filters) filters")
    }
    let terms = bias?.wideIntegers.map { Int32(truncatingIfNeeded: $0) }
    let output = try scalar(call, 6)
    let zero = try call.tensor(7)
    let offset = try scalar(call, 7)
    let values = convolution.sums.enumerated().map { index, sum in
      let filter = index / convolution.plane % filters
      let scale = left * right[right.count == 1 ? 0 : filter] / output
      return Double(sum &+ (terms?[filter] ?? 0)) * scale
    }
    let quantiser = Quantiser(type: zero.type, overflow: .saturate)
    let zeros = [Double](repeating: offset, count: values.count)
    return [.tensor(try quantiser.tensor(values, zeros: zeros, convolution.shape))]
  }

  private static func scalar(_ call: Call, _ position: Int) throws(KernelError) -> Double {
    let tensor = try call.tensor(position)
    guard tensor.count == 1 else {
      throw .invalidInput("input \(position) has shape \(tensor.shape), a scalar is needed")
    }
    return try tensor.exactDoubles()[0]
  }
}
