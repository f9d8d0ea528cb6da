package import Tensors

/// A function of one number that needs no rounding, as the operators Abs, Neg, Relu … apply it to
/// integers and floating-point numbers.
package protocol NumberFunction {
  /// For float64 and float32; narrower types are exact in `Float`.
  static func apply<Number: Real>(_ x: Number) -> Number
  /// For integers; overflow wraps around.
  static func apply<Number: FixedWidthInteger>(_ x: Number) -> Number
}

extension NumberFunction {
  /// The function of each element of a tensor of numbers.
  package static func tensor(_ x: Tensor) throws(KernelError) -> Tensor {
    switch x.type {
    case .f32: return try direct(x) { (value: Float) in apply(value) }
    case .f64: return try direct(x) { (value: Double) in apply(value) }
    case .i8: return try direct(x) { (value: Int8) in apply(value) }
    case .i16: return try direct(x) { (value: Int16) in apply(value) }
    case .i32: return try direct(x) { (value: Int32) in apply(value) }
    case .i64: return try direct(x) { (value: Int64) in apply(value) }
    case .u8: return try direct(x) { (value: UInt8) in apply(value) }
    case .u16: return try direct(x) { (value: UInt16) in apply(value) }
    case .u32: return try direct(x) { (value: UInt32) in apply(value) }
    case .u64: return try direct(x) { (value: UInt64) in apply(value) }
    default: return try .rounding(try x.reals(Float.self).map { apply($0) }, to: x.type, x.shape)
    }
  }

  private static func direct<Number: BitwiseCopyable>(
    _ x: Tensor, _ body: (Number) -> Number
  ) throws(KernelError) -> Tensor {
    try Tensor.filling(x.type, x.shape, as: Number.self) { target in
      x.withElements(Number.self) { source in
        for index in source.indices { target[index] = body(source[index]) }
      }
    }
  }
}

extension OperatorKernel where Self: NumberFunction {
  /// Applies the function to the first input.
  package static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try tensor(try call.tensor(0)))]
  }
}
