import Tensors

/// A copy of a tensor with slices replaced by, or combined with, updates.
///
/// The last axis of the indices holds the index of a slice; negative components count from the end.
/// Updates apply in row-major order, so the last one of several to a place wins. With a reduction,
/// types of 16 bits are combined in `Float` and rounded once, integers wrap around, and NaN is kept
/// by max and min; of bool, add and max are "or", mul and min are "and".
enum ScatterNDKernel: OperatorKernel {
  static let name = "ScatterND"
  static let versions = [11, 13, 16, 18]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try reduction(declaration.attributes, version: declaration.version)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, indices, updates) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    guard let depth = indices.shape.last, depth <= x.shape.count else {
      throw .invalidInput(
        "indices of shape \(indices.shape) do not index a tensor of shape \(x.shape)")
    }
    let expected = Array(indices.shape.dropLast()) + Array(x.shape[depth...])
    guard updates.shape == expected else {
      throw .invalidInput("the updates have shape \(updates.shape), \(expected) is needed")
    }
    let starts = try starts(
      try indices.indexValues(of: "indices"), depth: depth, of: x.shape, updates: updates.count)
    guard updates.count > 0 else { return [.tensor(x)] }
    let scatter = Scatter(starts: starts, size: x.shape[depth...].reduce(1) { $0 * $1 })
    switch try reduction(call.attributes, version: call.version) {
    case "add": return [.tensor(try scatter.combining(x, updates, Addition.self))]
    case "mul": return [.tensor(try scatter.combining(x, updates, Multiplication.self))]
    case "max": return [.tensor(try scatter.combining(x, updates, Maximum.self))]
    case "min": return [.tensor(try scatter.combining(x, updates, Minimum.self))]
    default: return [.tensor(try scatter.tensor(of: [x, updates], shape: x.shape))]
    }
  }

  private static func reduction(
    _ attributes: Attributes, version: Int
  ) throws(KernelError) -> String {
    let words = ["none", "add", "mul"] + (version >= 18 ? ["max", "min"] : [])
    return try attributes.choice("reduction", of: words, default: "none")
  }

  /// The position of the first element of each slice.
  private static func starts(
    _ indices: [Int], depth: Int, of shape: Shape, updates: Int
  ) throws(KernelError) -> [Int] {
    guard depth > 0 else {
      // Every index is the empty one, which means the whole tensor.
      let size = shape.elementCount ?? 0
      return [Int](repeating: 0, count: size == 0 ? 0 : updates / size)
    }
    let strides = shape.rowMajorStrides
    var starts: [Int] = []
    starts.reserveCapacity(indices.count / depth)
    for row in 0..<indices.count / depth {
      var start = 0
      for axis in 0..<depth {
        let (index, size) = (indices[row * depth + axis], shape[axis])
        guard index >= -size, index < size else {
          throw .invalidInput("index \(index) is outside of axis \(axis) with \(size) elements")
        }
        start += (index < 0 ? index + size : index) * strides[axis]
      }
      starts.append(start)
    }
    return starts
  }

  private enum Addition: ArithmeticFunction {
    static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number { a + b }
    static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a &+ b }
  }

  private enum Multiplication: ArithmeticFunction {
    static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number { a * b }
    static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { a &* b }
  }

  private enum Maximum: ArithmeticFunction {
    static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number { Number.maximum2008(a, b) }
    static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { max(a, b) }
  }

  private enum Minimum: ArithmeticFunction {
    static func apply<Number: Real>(_ a: Number, _ b: Number) -> Number {
      -Number.maximum2008(-a, -b)
    }
    static func apply<Number: FixedWidthInteger>(_ a: Number, _ b: Number) -> Number { min(a, b) }
  }
}

extension Real {
  /// The larger number; NaN when there is one, and 0 is larger than -0.
  fileprivate static func maximum2008(_ a: Self, _ b: Self) -> Self {
    if a.isNaN || b.isNaN { return .nan }
    if a == b { return a.sign == .plus ? a : b }
    return a > b ? a : b
  }
}

/// Slices of equal size, each with the position where it starts.
private struct Scatter: Movement {
  let starts: [Int]
  /// Elements of a slice.
  let size: Int

  /// Copies the first source and writes the slices of the second into it.
  func move<Unit>(
    _ sources: [UnsafeBufferPointer<Unit>], to target: UnsafeMutableBufferPointer<Unit>
  ) {
    for index in target.indices { target[index] = sources[0][index] }
    for (row, start) in starts.enumerated() {
      for index in 0..<size { target[start + index] = sources[1][row * size + index] }
    }
  }

  func combining<Function: ArithmeticFunction>(
    _ x: Tensor, _ updates: Tensor, _: Function.Type
  ) throws(KernelError) -> Tensor {
    guard x.type == updates.type else {
      throw .invalidInput("\(x.type.onnxName) and \(updates.type.onnxName) are combined")
    }
    switch x.type {
    case .f64: return try reals(x, updates, Function.self, as: Double.self)
    case .f32, .f16, .bf16: return try reals(x, updates, Function.self, as: Float.self)
    case .bool:
      let truths = folded(x.wideIntegers, updates.wideIntegers) { Function.apply($0, $1) }
      return try .of(.bool, x.shape, truths.map { $0 == 0 ? UInt8(0) : 1 })
    case .u64:
      return try .of(
        .u64, x.shape,
        folded(x.elements(UInt64.self), updates.elements(UInt64.self)) { Function.apply($0, $1) })
    case .i8, .i16, .i32, .i64, .u8, .u16, .u32:
      // The low bits of a sum or product in 64 bits are those of the narrower type.
      let sums = folded(x.wideIntegers, updates.wideIntegers) { Function.apply($0, $1) }
      return try .wrapping(sums, to: x.type, x.shape)
    default: throw .unsupported(.type, "a reduction of \(x.type.onnxName)")
    }
  }

  private func reals<Number: Real, Function: ArithmeticFunction>(
    _ x: Tensor, _ updates: Tensor, _: Function.Type, as _: Number.Type
  ) throws(KernelError) -> Tensor {
    let (old, new) = (try x.reals(Number.self), try updates.reals(Number.self))
    return try .rounding(folded(old, new) { Function.apply($0, $1) }, to: x.type, x.shape)
  }

  private func folded<Element>(
    _ old: [Element], _ new: [Element], _ body: (Element, Element) -> Element
  ) -> [Element] {
    var result = old
    for (row, start) in starts.enumerated() {
      for index in 0..<size {
        result[start + index] = body(result[start + index], new[row * size + index])
      }
    }
    return result
  }
}
