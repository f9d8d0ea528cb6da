package import Tensors

/// A function of two numbers of one type, as the operators Add, Max, Mod … apply it.
///
/// Being a type and not a closure, it is compiled into the loops that use it.
package protocol ArithmeticFunction: IntegerFunction {
  /// For float64 and float32; narrower types are computed in `Float` and rounded once.
  static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number
}

extension ArithmeticFunction {
  package static func others(
    _ a: Tensor, _ b: Tensor, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    switch a.type {
    case .f32: return try direct(a, b, shape) { (x: Float, y: Float) in apply(x, y) }
    case .f64: return try direct(a, b, shape) { (x: Double, y: Double) in apply(x, y) }
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
