import Tensors

extension ExactTensor {
  /// The closed range of an integer type's values (bool: 0…1).
  static func integerRange(of type: ElementType) throws(EvaluationError) -> ClosedRange<Int128> {
    switch type.meaning {
    case .bool: return 0...1
    case .integer(let bits, let signed):
      let power = Int128(1) << Int128(signed ? bits - 1 : bits)
      return signed ? -power...(power - 1) : 0...(power - 1)
    case .float, .string, .complex: throw .invalid("\(type.onnxName) is no integer type")
    }
  }

  /// The least value of an integer type.
  static func leastInteger(of type: ElementType) throws(EvaluationError) -> Int128 {
    try integerRange(of: type).lowerBound
  }
}
