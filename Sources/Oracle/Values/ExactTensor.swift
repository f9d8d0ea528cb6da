package import ExtendedArithmetic
package import Tensors

/// A tensor whose elements are held exactly: reals in double-double, integers in 128 bits.
///
/// The element type says what the standard calls it; values are never rounded to that type here.
package struct ExactTensor: Sendable {
  package var type: ElementType
  package var shape: Shape
  package var elements: Elements

  package enum Elements: Sendable {
    case reals([DoubleDouble])
    /// Integers, and bools as 0 and 1.
    case integers([Int128])
    case strings([String])
    case complex([ExactComplex])
  }

  package init(type: ElementType, shape: Shape, elements: Elements) {
    self.type = type
    self.shape = shape
    self.elements = elements
  }

  /// The number of elements.
  package var count: Int {
    switch elements {
    case .reals(let values): values.count
    case .integers(let values): values.count
    case .strings(let values): values.count
    case .complex(let values): values.count
    }
  }

  package var rank: Int { shape.count }
}

/// A complex number with exact parts.
package struct ExactComplex: Sendable {
  package var real: DoubleDouble
  package var imaginary: DoubleDouble

  package init(real: DoubleDouble, imaginary: DoubleDouble) {
    self.real = real
    self.imaginary = imaginary
  }
}

extension ExactTensor {
  package init(_ type: ElementType, _ shape: Shape, reals: [DoubleDouble]) {
    self.init(type: type, shape: shape, elements: .reals(reals))
  }

  package init(_ type: ElementType, _ shape: Shape, integers: [Int128]) {
    self.init(type: type, shape: shape, elements: .integers(integers))
  }

  package init(_ shape: Shape, bools: [Bool]) {
    self.init(type: .bool, shape: shape, elements: .integers(bools.map { $0 ? 1 : 0 }))
  }

  package init(_ shape: Shape, strings: [String]) {
    self.init(type: .string, shape: shape, elements: .strings(strings))
  }

  /// The elements of a floating-point tensor.
  package func reals() throws(EvaluationError) -> [DoubleDouble] {
    guard case .reals(let values) = elements else {
      throw .invalid("expected a floating-point tensor, got \(type.onnxName)")
    }
    return values
  }

  /// The elements of an integer or bool tensor.
  package func integers() throws(EvaluationError) -> [Int128] {
    guard case .integers(let values) = elements else {
      throw .invalid("expected an integer or bool tensor, got \(type.onnxName)")
    }
    return values
  }

  /// The elements of a string tensor.
  package func strings() throws(EvaluationError) -> [String] {
    guard case .strings(let values) = elements else {
      throw .invalid("expected a string tensor, got \(type.onnxName)")
    }
    return values
  }

  /// The elements of an integer tensor as machine integers, e.g. axes, shapes, positions.
  package func ints() throws(EvaluationError) -> [Int] {
    var result: [Int] = []
    for value in try integers() {
      guard let narrow = Int(exactly: value) else { throw .invalid("\(value) exceeds 64 bits") }
      result.append(narrow)
    }
    return result
  }
}
