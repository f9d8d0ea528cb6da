import Tensors

/// Numbers from a start by equal steps up to a limit, which is left out.
///
///     y[i] = start + i · delta
///
/// Floating-point numbers are computed in binary64 and rounded once. The number of elements is
/// that of the quotient in binary64.
enum RangeKernel: OperatorKernel {
  static let name = "Range"
  static let versions = [11, 27]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let type = try call.tensor(0).type
    for position in 0..<3 {
      let tensor = try call.tensor(position)
      guard tensor.count == 1, tensor.type == type else {
        throw .invalidInput("input \(position) has shape \(tensor.shape), a scalar is needed")
      }
    }
    return [.tensor(type.isFloat ? try reals(call, type) : try integers(call, type))]
  }

  private static func reals(_ call: Call, _ type: ElementType) throws(KernelError) -> Tensor {
    let start = try call.tensor(0).reals(Double.self)[0]
    let limit = try call.tensor(1).reals(Double.self)[0]
    let delta = try call.tensor(2).reals(Double.self)[0]
    let steps = ((limit - start) / delta).rounded(.up)
    guard steps.isFinite else { throw .invalidInput("a range by steps of \(delta)") }
    let count = try checked(steps)
    return try .rounding((0..<count).map { start + Double($0) * delta }, to: type, [count])
  }

  private static func integers(_ call: Call, _ type: ElementType) throws(KernelError) -> Tensor {
    let start = Int128(try call.tensor(0).wideIntegers[0])
    let limit = Int128(try call.tensor(1).wideIntegers[0])
    let delta = Int128(try call.tensor(2).wideIntegers[0])
    guard delta != 0 else { throw .invalidInput("a range by steps of 0") }
    let distance = delta > 0 ? limit - start : start - limit
    let step = delta > 0 ? delta : -delta
    let count = try checked(distance <= 0 ? 0 : Double((distance - 1) / step + 1))
    let values = (0..<count).map { Int64(truncatingIfNeeded: start + Int128($0) * delta) }
    return try .wrapping(values, to: type, [count])
  }

  private static func checked(_ count: Double) throws(KernelError) -> Int {
    guard count <= Double(Allocation.limit / 8) else {
      throw .outOfMemory("a range of \(count) elements")
    }
    return Int(max(0, count))
  }
}
