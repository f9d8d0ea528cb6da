import Tensors

/// Each element limited to an interval; NaN for NaN.
///
/// Where the lower bound is above the upper one, every number becomes the upper one. A bound that
/// is left out limits nothing, and neither does NaN.
enum ClipKernel: OperatorKernel {
  static let name = "Clip"
  static let versions = [6, 11, 12, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    if x.type.isFloat { return [.tensor(try reals(x, call))] }
    return [.tensor(try integers(x, call))]
  }

  private static func reals(_ x: Tensor, _ call: Call) throws(KernelError) -> Tensor {
    let low: Double?
    let high: Double?
    if call.version < 11 {
      low = try call.attributes.float("min").map { Double($0) }
      high = try call.attributes.float("max").map { Double($0) }
    } else {
      low = try bound(1, call)?.reals(Double.self).first
      high = try bound(2, call)?.reals(Double.self).first
    }
    return try .rounding(
      try x.reals(Double.self).map { limited($0, low, high) }, to: x.type, x.shape)
  }

  private static func integers(_ x: Tensor, _ call: Call) throws(KernelError) -> Tensor {
    let low = try bound(1, call)?.wideIntegers.first
    let high = try bound(2, call)?.wideIntegers.first
    guard x.type == .u64 else {
      return try .wrapping(x.wideIntegers.map { limited($0, low, high) }, to: x.type, x.shape)
    }
    let (least, most) = (low.map { UInt64(bitPattern: $0) }, high.map { UInt64(bitPattern: $0) })
    let values = x.wideIntegers.map {
      Int64(bitPattern: limited(UInt64(bitPattern: $0), least, most))
    }
    return try .wrapping(values, to: x.type, x.shape)
  }

  private static func limited<Number: Comparable>(
    _ x: Number, _ low: Number?, _ high: Number?
  ) -> Number {
    var result = x
    if let low, result < low { result = low }
    if let high, result > high { result = high }
    return result
  }

  private static func bound(_ position: Int, _ call: Call) throws(KernelError) -> Tensor? {
    guard let tensor = try call.optionalTensor(position) else { return nil }
    guard tensor.shape.isEmpty else {
      throw .invalidInput("a bound has the shape \(tensor.shape), a scalar is needed")
    }
    guard tensor.type == (try call.tensor(0).type) else {
      throw .invalidInput("a bound has another type than the input")
    }
    return tensor
  }
}
