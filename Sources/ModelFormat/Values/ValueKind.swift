package import Tensors

/// Which ONNX message a value is serialised as.
package enum ValueKind: Int, CaseIterable, Hashable, Sendable {
  /// `TensorProto`
  case tensor = 1
  /// `SequenceProto`
  case sequence = 2
  /// `OptionalProto`
  case optional = 3
  /// `MapProto`
  case map = 4
}

extension ValueType {
  /// The message values of this type are serialised as.
  package var kind: ValueKind {
    switch self {
    case .tensor: .tensor
    case .sequence: .sequence
    case .optional: .optional
    case .map: .map
    }
  }
}
