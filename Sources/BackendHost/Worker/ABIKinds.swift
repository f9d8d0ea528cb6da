import BackendABI
import Tensors

extension ValueType {
  /// The number of this kind of value in the standard interface.
  var abiKind: assay_value_kind {
    switch self {
    case .tensor: ASSAY_KIND_TENSOR
    case .sequence: ASSAY_KIND_SEQUENCE
    case .optional: ASSAY_KIND_OPTIONAL
    case .map: ASSAY_KIND_MAP
    }
  }
}
