package import Tensors

/// A relation between two numbers, as the operators Equal, Less … apply it.
package protocol ComparisonFunction {
  /// IEEE 754 comparison for floating-point numbers: every ordered relation with NaN is false.
  static func holds<Element: Comparable>(_ a: Element, _ b: Element) -> Bool
}

extension ComparisonFunction {
  /// A bool tensor with the relation of all pairs, broadcast against each other.
  package static func tensor(_ a: Tensor, _ b: Tensor) throws(KernelError) -> Tensor {
    guard a.type == b.type else {
      throw .invalidInput("\(a.type.onnxName) and \(b.type.onnxName) are compared")
    }
    let shape = try Axes.broadcast(a.shape, b.shape)
    switch a.type {
    case .f64: return try compare(a.elements(Double.self), b.elements(Double.self), a, b, shape)
    case .i8: return try compare(a.elements(Int8.self), b.elements(Int8.self), a, b, shape)
    case .i16: return try compare(a.elements(Int16.self), b.elements(Int16.self), a, b, shape)
    case .i32: return try compare(a.elements(Int32.self), b.elements(Int32.self), a, b, shape)
    case .i64: return try compare(a.elements(Int64.self), b.elements(Int64.self), a, b, shape)
    case .u8: return try compare(a.bytes, b.bytes, a, b, shape)
    case .u16: return try compare(a.elements(UInt16.self), b.elements(UInt16.self), a, b, shape)
    case .u32: return try compare(a.elements(UInt32.self), b.elements(UInt32.self), a, b, shape)
    case .u64: return try compare(a.elements(UInt64.self), b.elements(UInt64.self), a, b, shape)
    case .bool:
      return try compare(
        a.bytes.map { $0 == 0 ? 0 : 1 }, b.bytes.map { $0 == 0 ? 0 : 1 }, a, b, shape)
    case .string: return try compare(a.strings, b.strings, a, b, shape)
    default: return try compare(a.reals(Float.self), b.reals(Float.self), a, b, shape)
    }
  }

  private static func compare<Element: Comparable>(
    _ left: [Element], _ right: [Element], _ a: Tensor, _ b: Tensor, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    let loop = BroadcastLoop(a.shape, b.shape, to: shape)
    return try Tensor.filling(.bool, shape, as: UInt8.self) { target in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          loop.run(left, right, into: target) { holds($0, $1) ? 1 : 0 }
        }
      }
    }
  }
}

extension OperatorKernel where Self: ComparisonFunction {
  /// Compares the first two inputs.
  package static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try tensor(try call.tensor(0), try call.tensor(1)))]
  }
}
