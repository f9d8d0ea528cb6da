import ExtendedArithmetic
import NumericFormats
package import Tensors

extension ExactTensor {
  /// The exact values of a stored tensor.
  package init(_ tensor: Tensor) {
    let elements: Elements
    switch tensor.type.meaning {
    case .float: elements = .reals((tensor.doubles ?? []).map { DoubleDouble($0) })
    case .integer, .bool: elements = .integers(tensor.integers ?? [])
    case .string: elements = .strings(tensor.strings)
    case .complex(let format): elements = .complex(Self.complexElements(of: tensor, format: format))
    }
    self.init(type: tensor.type, shape: tensor.shape, elements: elements)
  }

  private static func complexElements(of tensor: Tensor, format: FloatFormat) -> [ExactComplex] {
    let part: ElementType = format == .f32 ? .f32 : .f64
    let shape = [2 * tensor.count]
    let parts = Tensor(type: part, shape: shape, bytes: tensor.bytes)?.doubles ?? []
    return stride(from: 0, to: parts.count - 1, by: 2).map {
      ExactComplex(real: DoubleDouble(parts[$0]), imaginary: DoubleDouble(parts[$0 + 1]))
    }
  }

  /// The tensor that stores these values, each rounded once to nearest even.
  package func rounded() throws(EvaluationError) -> Tensor {
    let result: Tensor?
    switch elements {
    case .reals(let values):
      guard let format = type.floatFormat else {
        throw .invalid("real elements under the type \(type.onnxName)")
      }
      result = Tensor(
        type: type, shape: shape, codes: values.map { format.encode(high: $0.high, low: $0.low) })
    case .integers(let values): result = Tensor(type: type, shape: shape, wrapping: values)
    case .strings(let values): result = Tensor(shape: shape, strings: values)
    case .complex(let values):
      let part: ElementType = type == .c64 ? .f32 : .f64
      let reals = values.flatMap { [$0.real, $0.imaginary] }
      let flat = try ExactTensor(part, [reals.count], reals: reals).rounded()
      result = Tensor(type: type, shape: shape, bytes: flat.bytes)
    }
    guard let result else {
      throw .invalid("\(count) elements do not fill the shape \(shape)")
    }
    return result
  }

  /// These values after one rounding to the tensor's type, as the standard's stored result.
  package func materialised() throws(EvaluationError) -> ExactTensor { ExactTensor(try rounded()) }
}
