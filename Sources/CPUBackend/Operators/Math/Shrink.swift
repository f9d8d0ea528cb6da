import Tensors

/// Each element moved towards zero by `bias`, and zero within `lambd` of it.
///
/// On integers a result that is no integer is cut towards zero, one beyond the type to its end.
struct ShrinkKernel: OperatorKernel, ParametricFunction {
  static let name = "Shrink"
  static let versions = [9]

  private let limit: Double
  private let bias: Double

  init(_ attributes: Attributes) throws(KernelError) {
    limit = Double(try attributes.float("lambd", default: 0.5))
    bias = Double(try attributes.float("bias", default: 0))
  }

  func apply(_ x: Double) -> Double {
    if x < -limit { return x + bias }
    return x > limit ? x - bias : 0
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let shrink = try ShrinkKernel(call.attributes)
    guard x.type.isInteger else { return [.tensor(try shrink.tensor(x))] }
    return [.tensor(try shrink.integers(x))]
  }

  private func integers(_ x: Tensor) throws(KernelError) -> Tensor {
    guard let step = Int64(exactly: bias) else {
      let moved = x.wideIntegers.map { apply(number($0, x.type)) }
      let toType = Conversion(to: x.type, overflow: .saturate, powerOfTwoRounding: .up)
      return try toType.tensor(try .of(.f64, x.shape, moved))
    }
    // The doubles decide on which side an element lies: those that round are far from any limit
    // but one of their own size.
    let moved = x.wideIntegers.map { element -> Int64 in
      let value = number(element, x.type)
      if value < -limit { return element &+ step }
      return value > limit ? element &- step : 0
    }
    return try .wrapping(moved, to: x.type, x.shape)
  }

  private func number(_ element: Int64, _ type: ElementType) -> Double {
    type == .u64 ? Double(UInt64(bitPattern: element)) : Double(element)
  }
}
