package import Tensors

/// A function of two integers of one type, as the operators BitwiseAnd, Or … apply it.
///
/// Being a type and not a closure, it is compiled into the loops that use it.
package protocol IntegerFunction {
  /// Results beyond the type wrap around; bools are the integers 0 and 1.
  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number
  /// The function of pairs of other types than integers and bool; the default refuses them.
  static func others(_ a: Tensor, _ b: Tensor, _ shape: Shape) throws(KernelError) -> Tensor
}

extension IntegerFunction {
  /// The function of all pairs of two tensors of one type, broadcast against each other.
  package static func tensor(_ a: Tensor, _ b: Tensor) throws(KernelError) -> Tensor {
    guard a.type == b.type else {
      throw .invalidInput("\(a.type.onnxName) and \(b.type.onnxName) are combined")
    }
    let shape = try Axes.broadcast(a.shape, b.shape)
    switch a.type {
    case .bool: return try bools(a, b, shape)
    case .i8: return try direct(a, b, shape) { (x: Int8, y: Int8) in apply(x, y) }
    case .i16: return try direct(a, b, shape) { (x: Int16, y: Int16) in apply(x, y) }
    case .i32: return try direct(a, b, shape) { (x: Int32, y: Int32) in apply(x, y) }
    case .i64: return try direct(a, b, shape) { (x: Int64, y: Int64) in apply(x, y) }
    case .u8: return try direct(a, b, shape) { (x: UInt8, y: UInt8) in apply(x, y) }
    case .u16: return try direct(a, b, shape) { (x: UInt16, y: UInt16) in apply(x, y) }
    case .u32: return try direct(a, b, shape) { (x: UInt32, y: UInt32) in apply(x, y) }
    case .u64: return try direct(a, b, shape) { (x: UInt64, y: UInt64) in apply(x, y) }
    default: return try others(a, b, shape)
    }
  }

  package static func others(
    _ a: Tensor, _ b: Tensor, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    throw .invalidInput("\(a.type.onnxName) is not a type of integers")
  }

  /// Any byte but 0 counts as true.
  private static func bools(
    _ a: Tensor, _ b: Tensor, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    try direct(a, b, shape) { (x: UInt8, y: UInt8) in
      apply(x == 0 ? 0 as UInt8 : 1, y == 0 ? 0 : 1)
    }
  }

  /// The body for all pairs; the elements of both tensors have the width of `Number`.
  static func direct<Number: BitwiseCopyable>(
    _ a: Tensor, _ b: Tensor, _ shape: Shape, _ body: (Number, Number) -> Number
  ) throws(KernelError) -> Tensor {
    let loop = BroadcastLoop(a.shape, b.shape, to: shape)
    return try Tensor.filling(a.type, shape, as: Number.self) { target in
      a.withElements(Number.self) { left in
        b.withElements(Number.self) { right in loop.run(left, right, into: target, body) }
      }
    }
  }
}

extension OperatorKernel where Self: IntegerFunction {
  /// Applies the function to the first two inputs.
  package static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try tensor(try call.tensor(0), try call.tensor(1)))]
  }
}
