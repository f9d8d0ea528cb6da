import Tensors

/// Each element, multiplied by its slope where it is negative.
///
/// The slope is broadcast to the input, never the other way round. Integer products wrap around.
enum PReluKernel: OperatorKernel, ArithmeticFunction {
  static let name = "PRelu"
  static let versions = [9, 16]

  static func apply<Number: Real>(_ x: Number, _ slope: Number) -> Number {
    x < 0 ? x * slope : x
  }
  static func apply<Number: FixedWidthInteger>(_ x: Number, _ slope: Number) -> Number {
    x < 0 ? x &* slope : x
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, slope) = (try call.tensor(0), try call.tensor(1))
    guard try Axes.broadcast(x.shape, slope.shape) == x.shape else {
      throw .invalidInput("a slope of shape \(slope.shape) does not broadcast to \(x.shape)")
    }
    return [.tensor(try tensor(x, slope))]
  }
}
