package import Tensors

/// Finds elements in a list of keys, as the encoders of ai.onnx.ml do.
///
/// Texts are compared byte by byte.
package struct LabelLookup: Sendable {
  /// How floating-point keys are compared.
  package enum Comparison: Sendable {
    /// Bit by bit.
    case bits
    /// By value: zeros of both signs are equal, and so is every NaN.
    case value
  }

  private enum Key: Hashable {
    case text([UInt8])
    case whole(Int64)
    case bits(UInt64)
  }

  private let comparison: Comparison
  private var places: [Key: Int] = [:]

  /// The last of equal keys counts.
  package init(_ keys: Tensor, _ comparison: Comparison) throws(KernelError) {
    self.comparison = comparison
    for (place, key) in try Self.keys(of: keys, comparison).enumerated() { places[key] = place }
  }

  /// The place of each element in the list; nil for those that are not in it.
  package func places(of x: Tensor) throws(KernelError) -> [Int?] {
    try Self.keys(of: x, comparison).map { places[$0] }
  }

  /// The value at the place of each element, and the fallback for those without one.
  ///
  /// - Throws: `invalidModel` when there is not one value for each key, `invalidInput` for a
  ///   fallback of another type or count.
  package func values(
    for x: Tensor, in values: Tensor, fallback: Tensor
  ) throws(KernelError) -> Tensor {
    let positions = try places(of: x).map { $0 ?? Selection.filled }
    guard positions.allSatisfy({ $0 < values.count }) else {
      throw .invalidModel("there are more keys than values")
    }
    return try Selection(positions).tensor(of: values, fill: fallback, shape: x.shape)
  }

  private static func keys(
    of tensor: Tensor, _ comparison: Comparison
  ) throws(KernelError) -> [Key] {
    if tensor.type == .string { return tensor.strings.map { .text(Array($0.utf8)) } }
    guard tensor.type.isFloat else { return tensor.wideIntegers.map { .whole($0) } }
    if comparison == .bits, tensor.type == .f32 {
      return tensor.elements(UInt32.self).map { .bits(UInt64($0)) }
    }
    return try tensor.reals(Double.self).map { value in
      value.isNaN ? .bits(Double.nan.bitPattern) : .bits((value == 0 ? 0 : value).bitPattern)
    }
  }
}
