package import Tensors

/// Slices of equal size, each written to, or combined with, a place of a copy of a tensor.
///
/// Updates apply in order, so the last one of several to a place wins. With a reduction, types of
/// 16 bits are combined in `Float` and rounded once, integers wrap around, and NaN is kept by max
/// and min; of bool, add and max are "or", mul and min are "and".
package struct Scattering: Movement {
  /// How an update and the element that it meets are combined.
  package enum Reduction: String, Sendable {
    case none, add, mul, max, min
  }

  private let starts: [Int]
  private let size: Int

  /// `starts`: the position of the first element of the slice that each update goes to, which must
  /// lie inside; `size`: the elements of a slice.
  package init(starts: [Int], size: Int) { (self.starts, self.size) = (starts, size) }

  /// The attribute `reduction`, as far as the version knows it.
  package static func reduction(
    _ attributes: Attributes, version: Int
  ) throws(KernelError) -> Reduction {
    let words = (version >= 16 ? ["add", "mul"] : []) + (version >= 18 ? ["max", "min"] : [])
    let word = try attributes.choice("reduction", of: ["none"] + words, default: "none")
    return Reduction(rawValue: word) ?? .none
  }

  /// The tensor with the updates written into, or combined with, it.
  ///
  /// - Throws: `unsupported` for a reduction of strings, complex numbers or narrow types.
  package func tensor(
    _ x: Tensor, _ updates: Tensor, _ reduction: Reduction
  ) throws(KernelError) -> Tensor {
    guard updates.count > 0 else { return x }
    switch reduction {
    case .none: return try tensor(of: [x, updates], shape: x.shape)
    case .add: return try combining(x, updates, Addition.self)
    case .mul: return try combining(x, updates, Multiplication.self)
    case .max: return try combining(x, updates, Maximum.self)
    case .min: return try combining(x, updates, Minimum.self)
    }
  }

  /// Copies the first source and writes the slices of the second into it.
  package func move<Unit>(
    _ sources: [UnsafeBufferPointer<Unit>], to target: UnsafeMutableBufferPointer<Unit>
  ) {
    for index in target.indices { target[index] = sources[0][index] }
    for (row, start) in starts.enumerated() {
      for index in 0..<size { target[start + index] = sources[1][row * size + index] }
    }
  }

  private func combining<Function: ArithmeticFunction>(
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

extension Real {
  /// The larger number; NaN when there is one, and 0 is larger than -0.
  fileprivate static func maximum2008(_ a: Self, _ b: Self) -> Self {
    if a.isNaN || b.isNaN { return .nan }
    if a == b { return a.sign == .plus ? a : b }
    return a > b ? a : b
  }
}
