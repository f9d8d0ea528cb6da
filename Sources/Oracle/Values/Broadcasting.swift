package import ExtendedArithmetic
package import Tensors

extension ExactTensor {
  /// Both tensors under their common broadcast shape.
  package static func broadcast(
    _ a: ExactTensor, _ b: ExactTensor
  ) throws(EvaluationError) -> (ExactTensor, ExactTensor, Shape) {
    guard let shape = a.shape.broadcast(with: b.shape) else {
      throw .invalid("the shapes \(a.shape) and \(b.shape) do not broadcast")
    }
    return (try a.broadcast(to: shape), try b.broadcast(to: shape), shape)
  }

  /// The same tensor with every real element changed.
  package func mapReals(
    _ change: (DoubleDouble) -> DoubleDouble
  ) throws(EvaluationError) -> ExactTensor {
    ExactTensor(type, shape, reals: try reals().map(change))
  }

  /// Whether the elements are integers or bools.
  package var isIntegral: Bool {
    if case .integers = elements { true } else { false }
  }

  /// Integers reduced to the tensor's width by two's complement wrap-around.
  package func wrapped() throws(EvaluationError) -> ExactTensor {
    guard case .integer(let bits, let signed) = type.meaning else { return self }
    return ExactTensor(
      type, shape, integers: try integers().map { Self.wrap($0, bits: bits, signed: signed) })
  }

  /// The low bits of an integer, read with or without sign.
  package static func wrap(_ value: Int128, bits: Int, signed: Bool) -> Int128 {
    let mask = (Int128(1) << Int128(bits)) - 1
    let low = value & mask
    return signed && low >> Int128(bits - 1) == 1 ? low - mask - 1 : low
  }
}
