package import Tensors

/// A function from a row of numbers to one number, as the Reduce operators apply it.
package protocol ReductionFunction {
  /// The since-version from which the axes are an input instead of an attribute.
  static var axesBecomeInput: Int { get }
  /// For floating-point types: the value before it is rounded to the type.
  static func reduce<Number: Real>(_ row: UnsafeBufferPointer<Number>) -> Double
  /// For integers and, as 0 and 1, for bool.
  static func reduce<Number: FixedWidthInteger & BitwiseCopyable>(
    _ row: UnsafeBufferPointer<Number>
  ) -> Number
}

extension ReductionFunction {
  package static var axesBecomeInput: Int { 18 }

  /// The rows a Reduce operator works on.
  ///
  /// No axes mean all of them, or none when `noop_with_empty_axes` is set: each element is then a
  /// row of its own.
  package static func lanes(_ call: Call, _ shape: Shape) throws(KernelError) -> Lanes {
    let stated =
      call.version >= axesBecomeInput ? try call.integers(1) : try call.ints("axes")
    if let stated, !stated.isEmpty {
      return Lanes(shape, axes: try Axes.normalised(stated, rank: shape.count))
    }
    let isNoop = try call.flag("noop_with_empty_axes", default: false)
    return Lanes(shape, axes: isNoop ? [] : Array(shape.indices))
  }

  /// The reduction of the first input of a call.
  package static func tensor(_ call: Call) throws(KernelError) -> Tensor {
    let x = try call.tensor(0)
    let lanes = try lanes(call, x.shape)
    let rows = try lanes.gathered(x)
    let shape = lanes.reducedShape(keepingAxes: try call.flag("keepdims", default: true))
    _ = try Allocation.count(of: shape, type: .f64)
    switch x.type {
    case .f64:
      return try .rounding(lanes.reduce(try rows.reals(Double.self), reduce), to: x.type, shape)
    case .i8: return try .of(x.type, shape, lanes.reduce(rows.elements(Int8.self), reduce))
    case .i16: return try .of(x.type, shape, lanes.reduce(rows.elements(Int16.self), reduce))
    case .i32: return try .of(x.type, shape, lanes.reduce(rows.elements(Int32.self), reduce))
    case .i64: return try .of(x.type, shape, lanes.reduce(rows.elements(Int64.self), reduce))
    case .u8, .bool: return try .of(x.type, shape, lanes.reduce(rows.bytes, reduce))
    case .u16: return try .of(x.type, shape, lanes.reduce(rows.elements(UInt16.self), reduce))
    case .u32: return try .of(x.type, shape, lanes.reduce(rows.elements(UInt32.self), reduce))
    case .u64: return try .of(x.type, shape, lanes.reduce(rows.elements(UInt64.self), reduce))
    default:
      return try .rounding(lanes.reduce(try rows.reals(Float.self), reduce), to: x.type, shape)
    }
  }
}

extension OperatorKernel where Self: ReductionFunction {
  /// Reduces the first input.
  package static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try tensor(call))]
  }
}
