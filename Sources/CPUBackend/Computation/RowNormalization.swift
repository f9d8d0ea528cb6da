package import Tensors

/// What the normalisations over the last axes of a tensor share.
///
/// All arithmetic is binary64; inputs of other types are rounded once at the end.
package struct RowNormalization: Sendable {
  /// The tensor's shape.
  package let shape: Shape
  /// Elements of a row.
  package let length: Int
  /// The number of rows.
  package let count: Int
  /// The shape with one element for every row.
  package let reducedShape: Shape
  /// The type in which the statistics are asked for.
  package let stashType: ElementType
  private let epsilon: Double

  /// Reads `axis`, `epsilon` and `stash_type`.
  ///
  /// - Throws: `invalidInput` for an axis outside of the shape, `invalidModel` for a stash type
  ///   that is no floating-point type.
  package init(_ call: Call, _ shape: Shape) throws(KernelError) {
    self.shape = shape
    let axis = try Axes.normalised(try call.int("axis", default: -1), rank: shape.count)
    length = try Allocation.count(of: Array(shape[axis...]), type: .f64)
    count = try Allocation.count(of: Array(shape[..<axis]), type: .f64)
    reducedShape = shape[..<axis] + Array(repeating: 1, count: shape.count - axis)
    stashType = try Self.stashType(call.attributes)
    epsilon = Double(try call.float("epsilon", default: 1e-5))
  }

  /// The type that `stash_type` names; float when it is left out.
  package static func stashType(_ attributes: Attributes) throws(KernelError) -> ElementType {
    let type = try attributes.elementType("stash_type") ?? .f32
    switch type {
    case .f32, .f64, .f16, .bf16: return type
    default: throw .invalidModel("stash_type \(type.onnxName) is no floating-point type")
    }
  }

  /// The elements, rounded to the stash type where that is narrower.
  package func elements(_ x: Tensor) throws(KernelError) -> [Double] {
    let values = try x.reals(Double.self)
    // A type of 32 bits holds every bfloat16 and float16 exactly.
    guard stashType != .f64, stashType != x.type, stashType != .f32 || x.type == .f64 else {
      return values
    }
    return try Tensor.rounding(values, to: stashType, shape).reals(Double.self)
  }

  /// 1 / √(v + ε).
  package func inverseRoot(_ variance: Double) -> Double {
    1 / (variance + epsilon).squareRoot()
  }

  /// Calls the body with every row and the elements of the result it becomes.
  package func forEachRow(
    _ x: [Double], _ y: inout [Double],
    _ body: (Int, UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        for row in 0..<count {
          let range = row * length..<(row + 1) * length
          body(
            row, UnsafeBufferPointer(rebasing: x[range]),
            UnsafeMutableBufferPointer(rebasing: y[range]))
        }
      }
    }
  }

  /// A scale or bias repeated to the tensor's shape.
  ///
  /// - Throws: `invalidInput` when it does not broadcast to the shape.
  package func broadcast(_ tensor: Tensor, _ name: String) throws(KernelError) -> [Double] {
    guard shape.broadcast(with: tensor.shape) == shape else {
      throw .invalidInput("\(name) of shape \(tensor.shape) does not broadcast to \(shape)")
    }
    let view = StridedView(broadcasting: tensor.shape, to: shape)
    return try view.tensor(of: tensor).reals(Double.self)
  }
}
