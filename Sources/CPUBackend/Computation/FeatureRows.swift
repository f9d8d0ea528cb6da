package import Tensors

/// The first input of a model of ai.onnx.ml: rows of features, of any type of numbers.
package struct FeatureRows: Sendable {
  package let count: Int
  package let width: Int
  /// Row-major; integers are rounded to binary64.
  package let values: [Double]
  /// The integers themselves; empty for floating-point features.
  package let integers: [Int64]

  /// Takes [N, F], and [F] as one row.
  ///
  /// - Throws: `invalidInput` for other ranks.
  package init(_ tensor: Tensor) throws(KernelError) {
    guard let width = tensor.shape.last, tensor.shape.count <= 2 else {
      throw .invalidInput("features of shape \(tensor.shape)")
    }
    count = tensor.shape.count == 2 ? tensor.shape[0] : 1
    self.width = width
    integers = tensor.type.isFloat ? [] : tensor.wideIntegers
    values =
      tensor.type.isFloat ? try tensor.reals(Double.self) : integers.map { Double($0) }
  }

  /// The features of one row.
  package func row(_ index: Int) -> ArraySlice<Double> {
    values[index * width..<(index + 1) * width]
  }

  /// Σ a·b over two rows of equal length.
  package static func dot(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
