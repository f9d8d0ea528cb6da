import FoundationEssentials
import Tensors

/// The messages of named attributes, in the order of the names.
func attributeMessages(_ attributes: [String: Attribute]) -> [Onnx_AttributeProto] {
  attributes.sorted { $0.key < $1.key }.map { $0.value.message(name: $0.key) }
}

extension Attribute {
  fileprivate func message(name: String) -> Onnx_AttributeProto {
    var message = Onnx_AttributeProto()
    message.name = name
    // The raw values of `AttributeKind` are the format's own, so this always finds one.
    message.type = Onnx_AttributeProto.AttributeType(rawValue: kind.rawValue) ?? .undefined
    switch self {
    case .int(let value): message.i = value
    case .ints(let values): message.ints = values
    case .float(let value): message.f = value
    case .floats(let values): message.floats = values
    case .string(let text): message.s = Data(text.utf8)
    case .strings(let texts): message.strings = texts.map { Data($0.utf8) }
    case .tensor(let tensor): message.t = tensor.message()
    case .tensors(let tensors): message.tensors = tensors.map { $0.message() }
    case .sparse(let tensor): message.sparseTensor = tensor.message
    case .sparseTensors(let tensors): message.sparseTensors = tensors.map(\.message)
    case .graph(let graph): message.g = graph.message
    case .graphs(let graphs): message.graphs = graphs.map(\.message)
    case .type(let type): message.tp = type.message(shape: nil)
    case .types(let types): message.typeProtos = types.map { $0.message(shape: nil) }
    case .reference(let parameter, _): message.refAttrName = parameter
    }
    return message
  }
}
