package import Tensors

/// A function of two numbers of one type, as the operators Add, Max, Mod … apply it.
///
/// Being a type and not a closure, it is compiled into the loops that use it.
package protocol ArithmeticFunction {
  /// For float64 and float32; narrower types are computed in `Float` and rounded once.
  static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number
  /// For integers; overflow wraps around.
  static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number
}

extension ArithmeticFunction {
  /// The function of all pairs of two tensors of one type, broadcast against each other.
  package static func tensor(_ a: Tensor, _ b: Tensor) throws(KernelError) -> Tensor {
    guard a.type == b.type else {
      throw .invalidInput("\(a.type.onnxName) and \(b.type.onnxName) are combined")
    }
    let shape = try Axes.broadcast(a.shape, b.shape)
    switch a.type {
    case .f32: return try direct(a, b, shape) { (x: Float, y: Float) in apply(x, y) }
    case .f64: return try direct(a, b, shape) { (x: Double, y: Double) in apply(x, y) }
    case .i8: return try direct(a, b, shape) { (x: Int8, y: Int8) in apply(x, y) }
    case .i16: return try direct(a, b, shape) { (x: Int16, y: Int16) in apply(x, y) }
    case .i32: return try direct(a, b, shape) { (x: Int32, y: Int32) in apply(x, y) }
    case .i64: return try direct(a, b, shape) { (x: Int64, y: Int64) in apply(x, y) }
    case .u8: return try direct(a, b, shape) { (x: UInt8, y: UInt8) in apply(x, y) }
    case .u16: return try direct(a, b, shape) { (x: UInt16, y: UInt16) in apply(x, y) }
    case .u32: return try direct(a, b, shape) { (x: UInt32, y: UInt32) in apply(x, y) }
    case .u64: return try direct(a, b, shape) { (x: UInt64, y: UInt64) in apply(x, y) }
    default: return try narrow(a, b, shape)
    }
  }

  /// The function folded over any number of tensors, broadcast against each other.
  ///
  /// - Throws: `invalidInput` when there is no tensor at all or shapes or types do not fit.
  package static func folding(_ tensors: [Tensor]) throws(KernelError) -> Tensor {
    guard var result = tensors.first else { throw .invalidInput("there are no inputs") }
    for next in tensors.dropFirst() { result = try tensor(result, next) }
    return result
  }

  private static func direct<Number: BitwiseCopyable>(
    _ a: Tensor, _ b: Tensor, _ shape: Shape, _ body: (Number, Number) -> Number
  ) throws(KernelError) -> Tensor {
    let loop = BroadcastLoop(a.shape, b.shape, to: shape)
    return try Tensor.filling(a.type, shape, as: Number.self) { target in
      a.withElements(Number.self) { left in
        b.withElements(Number.self) { right in loop.run(left, right, into: target, body) }
      }
    }
  }

  private static func narrow(
    _ a: Tensor, _ b: Tensor, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    let (left, right) = (try a.reals(Float.self), try b.reals(Float.self))
    let loop = BroadcastLoop(a.shape, b.shape, to: shape)
    let count = try Allocation.count(of: shape, type: .f32)
    var results = [Float](repeating: 0, count: count)
    results.withUnsafeMutableBufferPointer { target in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          loop.run(left, right, into: target) { apply($0, $1) }
        }
      }
    }
    return try .rounding(results, to: a.type, shape)
  }
}

extension OperatorKernel where Self: ArithmeticFunction {
  /// Applies the function to the first two inputs.
  package static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try tensor(try call.tensor(0), try call.tensor(1)))]
  }
}
