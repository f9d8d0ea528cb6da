import Tensors

// Data movement by coordinates: an index of the result names the index that it copies.
extension ExactTensor {
  /// The tensor of another shape whose element at an index is the one at `source(index)` here.
  func moved(to shape: Shape, _ source: ([Int]) -> [Int]) throws(EvaluationError) -> ExactTensor {
    try gathered(try positions(shape) { source($0) }.compactMap { $0 }, shape: shape)
  }

  /// The same with zeros (false, empty texts) where the source is nil.
  func movedOrZero(
    to shape: Shape, _ source: ([Int]) -> [Int]?
  ) throws(EvaluationError) -> ExactTensor {
    try gathered(try positions(shape, source), shape: shape, fill: .zero(of: type))
  }

  private func positions(
    _ target: Shape, _ source: ([Int]) -> [Int]?
  ) throws(EvaluationError) -> [Int?] {
    guard let total = target.elementCount else { throw .invalid("the shape \(target)") }
    let strides = shape.rowMajorStrides
    return (0..<total).map { linear in
      source(target.index(ofLinear: linear)).map { index in
        zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
  }

  /// The part of one axis that lies in a range.
  func part(_ range: Range<Int>, of axis: Int) throws(EvaluationError) -> ExactTensor {
    guard range.lowerBound >= 0, range.upperBound <= shape[axis] else {
      throw .invalid("the part \(range) of an axis of \(shape[axis])")
    }
    return try slices(Array(range), of: axis)
  }

  /// The slices of one axis at places inside of it, in the order given.
  func slices(_ places: [Int], of axis: Int) throws(EvaluationError) -> ExactTensor {
    var target = shape
    target[axis] = places.count
    return try moved(to: target) { index in
      var source = index
      source[axis] = places[index[axis]]
      return source
    }
  }

  /// A scalar with the type's zero: 0, false, or the empty text.
  static func zero(of type: ElementType) -> ExactTensor {
    switch type.meaning {
    case .float: ExactTensor(type, [], reals: [.zero])
    case .integer, .bool: ExactTensor(type, [], integers: [0])
    case .string: ExactTensor([], strings: [""])
    case .complex:
      ExactTensor(
        type: type, shape: [], elements: .complex([.init(real: .zero, imaginary: .zero)]))
    }
  }

  /// The number 1 of a floating-point, integer or bool type as a scalar.
  static func one(of type: ElementType) throws(EvaluationError) -> ExactTensor {
    switch type.meaning {
    case .float: ExactTensor(type, [], reals: [.one])
    case .integer, .bool: ExactTensor(type, [], integers: [1])
    case .string, .complex: throw .unsupported("the one of \(type.onnxName)")
    }
  }
}
