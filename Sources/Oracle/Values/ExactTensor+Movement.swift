import ExtendedArithmetic
package import Tensors

/// Data movement for every element type alike: an output position names the input position it copies.
extension ExactTensor {
  /// The tensor of another shape whose element n is `self[positions[n]]`.
  package func gathered(_ positions: [Int], shape: Shape) throws(EvaluationError) -> ExactTensor {
    for position in positions where position < 0 || position >= count {
      throw .invalid("position \(position) lies outside \(count) elements")
    }
    let moved: Elements
    switch elements {
    case .reals(let values): moved = .reals(positions.map { values[$0] })
    case .integers(let values): moved = .integers(positions.map { values[$0] })
    case .strings(let values): moved = .strings(positions.map { values[$0] })
    case .complex(let values): moved = .complex(positions.map { values[$0] })
    }
    return ExactTensor(type: type, shape: shape, elements: moved)
  }

  /// Like `gathered`, with the element `fill` (a tensor of one element) where the position is nil.
  package func gathered(
    _ positions: [Int?], shape: Shape, fill: ExactTensor
  ) throws(EvaluationError) -> ExactTensor {
    let both = try ExactTensor.joined([self, fill])
    return try both.gathered(positions.map { $0 ?? count }, shape: shape)
  }

  /// The same elements under another shape of equal count.
  package func reshaped(_ shape: Shape) throws(EvaluationError) -> ExactTensor {
    guard shape.elementCount == count else {
      throw .invalid("\(count) elements do not fill the shape \(shape)")
    }
    return ExactTensor(type: type, shape: shape, elements: elements)
  }

  /// All elements of several tensors of one type, in order, as a tensor of rank 1.
  package static func joined(_ parts: [ExactTensor]) throws(EvaluationError) -> ExactTensor {
    guard let type = parts.first?.type else { throw .invalid("nothing to join") }
    for part in parts where part.type != type {
      throw .invalid("cannot join \(part.type.onnxName) to \(type.onnxName)")
    }
    let total = parts.reduce(0) { $0 + $1.count }
    switch type.meaning {
    case .float:
      var all: [DoubleDouble] = []
      for part in parts { all += try part.reals() }
      return ExactTensor(type, [total], reals: all)
    case .integer, .bool:
      var all: [Int128] = []
      for part in parts { all += try part.integers() }
      return ExactTensor(type, [total], integers: all)
    case .string:
      var all: [String] = []
      for part in parts { all += try part.strings() }
      return ExactTensor([total], strings: all)
    case .complex:
      var all: [ExactComplex] = []
      for part in parts {
        if case .complex(let values) = part.elements { all += values }
      }
      return ExactTensor(type: type, shape: [total], elements: .complex(all))
    }
  }

  /// The element at one position as a scalar tensor.
  package func element(_ position: Int) throws(EvaluationError) -> ExactTensor {
    try gathered([position], shape: [])
  }

  /// This tensor repeated to a larger shape by the multidirectional broadcasting rule.
  package func broadcast(to target: Shape) throws(EvaluationError) -> ExactTensor {
    if target == shape { return self }
    guard shape.broadcast(with: target) == target, let total = target.elementCount else {
      throw .invalid("the shape \(shape) does not broadcast to \(target)")
    }
    let offset = target.count - rank
    let strides = shape.rowMajorStrides
    var positions: [Int] = []
    positions.reserveCapacity(total)
    for linear in 0..<total {
      let index = target.index(ofLinear: linear)
      var position = 0
      for axis in 0..<rank where shape[axis] != 1 {
        position += index[axis + offset] * strides[axis]
      }
      positions.append(position)
    }
    return try gathered(positions, shape: target)
  }
}
