import Tensors

/// A window that is a sum of cosines, computed in binary64 and rounded or truncated once.
///
///     w[n] = a₀ − a₁·cos(2πn/N) + a₂·cos(4πn/N)
enum CosineWindow {
  /// The type that the attribute `output_datatype` names.
  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try declaration.attributes.elementType("output_datatype") ?? .f32)]
  }

  /// - Parameter factors: a₀, a₁ and a₂.
  static func run(_ call: Call, factors: [Double]) throws(KernelError) -> [Value] {
    let type = try call.attributes.elementType("output_datatype") ?? .f32
    let size = try Scalars.integer(call, 0, "the size of a window")
    let shape: Shape = [size]
    _ = try Allocation.count(of: shape, type: .f64)
    let isPeriodic = try call.flag("periodic", default: true)
    let period = isPeriodic ? size : size - 1
    let values = (0..<size).map { n -> Double in
      guard period > 0 else { return 1 }
      return factors[0] - factors[1] * CirclePoint.cosine(n, of: period)
        + factors[2] * CirclePoint.cosine(2 * n, of: period)
    }
    let window = try Tensor.rounding(values, to: .f64, shape)
    let conversion = Conversion(to: type, overflow: .saturate, powerOfTwoRounding: .up)
    return [.tensor(try conversion.tensor(window))]
  }
}
