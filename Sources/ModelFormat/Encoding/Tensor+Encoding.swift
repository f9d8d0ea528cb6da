import FoundationEssentials
import Tensors

extension Tensor {
  /// The message of this tensor, elements in `raw_data` or `string_data`.
  func message(name: String = "") -> Onnx_TensorProto {
    var message = Onnx_TensorProto()
    if !name.isEmpty { message.name = name }
    message.dims = shape.map { Int64($0) }
    message.dataType = type.rawValue
    if type == .string {
      message.stringData = strings.map { Data($0.utf8) }
    } else if count > 0 {
      message.rawData = Data(bytes)
    }
    return message
  }
}

extension SparseTensor {
  var message: Onnx_SparseTensorProto {
    var message = Onnx_SparseTensorProto()
    message.values = values.message()
    message.indices = indices.message()
    message.dims = shape.map { Int64($0) }
    return message
  }
}
