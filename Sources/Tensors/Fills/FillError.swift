/// Why a fill cannot give a tensor its elements.
package enum FillError: Error, Hashable, Sendable {
  /// The fill has no meaning for elements of this type.
  case wrongType(fill: String, type: ElementType)
  /// An explicit value is not a value of the type.
  case doesNotFit(value: String, type: ElementType)
  /// A parameter is outside its range.
  case parameter(fill: String, reason: String)
  /// A special value is to be placed outside the tensor.
  case position(String, shape: Shape)
  /// A negative dimension, or a product that overflows.
  case shape(Shape)
}

extension FillError: CustomStringConvertible {
  /// What is wrong, in words a case author can act on.
  package var description: String {
    switch self {
    case .wrongType(let fill, let type): "\(fill) has no meaning for type \(type.name)"
    case .doesNotFit(let value, let type): "'\(value)' is not a value of type \(type.name)"
    case .parameter(let fill, let reason): "fill \"\(fill)\": \(reason)"
    case .position(let text, let shape): "position \(text) lies outside the shape \(shape)"
    case .shape(let shape): "the shape \(shape) has a negative dimension or too many elements"
    }
  }
}
