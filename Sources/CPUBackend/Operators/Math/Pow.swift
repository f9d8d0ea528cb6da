import Glibc
import Tensors

/// The power of two tensors, element by element, in the type of the base.
///
/// Integers to integer powers are computed by wrapping multiplication. The standard leaves negative
/// powers of integers open: here they are the integer part of the result.
enum PowKernel: OperatorKernel {
  static let name = "Pow"
  static let versions = [7, 12, 13, 15]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (base, exponent) = (try call.tensor(0), try call.tensor(1))
    let shape = try Axes.broadcast(base.shape, exponent.shape)
    let count = try Allocation.count(of: shape, type: .f64)
    let loop = BroadcastLoop(base.shape, exponent.shape, to: shape)
    guard base.type.isInteger, exponent.type.isInteger else {
      let values = loop.values(
        count: count, try doubles(base), try doubles(exponent), initial: 0.0
      ) { pow($0, $1) }
      if base.type.isFloat { return [.tensor(try .rounding(values, to: base.type, shape))] }
      let toBase = Conversion(to: base.type, overflow: .saturate, powerOfTwoRounding: .up)
      return [.tensor(try toBase.tensor(try .of(.f64, shape, values)))]
    }
    let isUnsigned = exponent.type == .u64
    let values = loop.values(
      count: count, base.wideIntegers, exponent.wideIntegers, initial: Int64(0)
    ) { power($0, $1, isUnsigned: isUnsigned) }
    return [.tensor(try .wrapping(values, to: base.type, shape))]
  }

  private static func doubles(_ x: Tensor) throws(KernelError) -> [Double] {
    if x.type.isFloat { return try x.reals(Double.self) }
    return x.wideIntegers.map {
      x.type == .u64 ? Double(UInt64(bitPattern: $0)) : Double($0)
    }
  }

  private static func power(_ base: Int64, _ exponent: Int64, isUnsigned: Bool) -> Int64 {
    var rest = UInt64(bitPattern: exponent)
    if exponent < 0, !isUnsigned {
      guard base == 1 || base == -1 else { return 0 }
      rest = exponent.magnitude
    }
    var (result, square): (Int64, Int64) = (1, base)
    while rest > 0 {
      if rest & 1 == 1 { result = result &* square }
      square = square &* square
      rest >>= 1
    }
    return result
  }
}
