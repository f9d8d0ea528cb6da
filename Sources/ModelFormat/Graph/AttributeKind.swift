/// What an attribute holds; raw values are the numbers of `AttributeProto.AttributeType`.
package enum AttributeKind: Int, CaseIterable, Hashable, Sendable {
  case float = 1
  case int = 2
  case string = 3
  case tensor = 4
  case graph = 5
  case floats = 6
  case ints = 7
  case strings = 8
  case tensors = 9
  case graphs = 10
  case sparse = 11
  case sparseTensors = 12
  case type = 13
  case types = 14

  /// The name in ONNX's textual syntax, e.g. `type_proto`.
  package var onnxName: String {
    switch self {
    case .float: "float"
    case .int: "int"
    case .string: "string"
    case .tensor: "tensor"
    case .graph: "graph"
    case .floats: "floats"
    case .ints: "ints"
    case .strings: "strings"
    case .tensors: "tensors"
    case .graphs: "graphs"
    case .sparse: "sparse_tensor"
    case .sparseTensors: "sparse_tensors"
    case .type: "type_proto"
    case .types: "type_protos"
    }
  }

  /// The kind of the given textual name; nil when there is none.
  package init?(onnxName: some StringProtocol) {
    guard let match = Self.allCases.first(where: { $0.onnxName == onnxName }) else { return nil }
    self = match
  }

  /// The kind of one element of a list kind; nil for kinds that are not lists.
  package var element: AttributeKind? {
    switch self {
    case .floats: .float
    case .ints: .int
    case .strings: .string
    case .tensors: .tensor
    case .graphs: .graph
    case .sparseTensors: .sparse
    case .types: .type
    case .float, .int, .string, .tensor, .graph, .sparse, .type: nil
    }
  }
}

extension Attribute {
  /// What this attribute holds; of a reference, what it stands for.
  package var kind: AttributeKind {
    switch self {
    case .int: .int
    case .ints: .ints
    case .float: .float
    case .floats: .floats
    case .string: .string
    case .strings: .strings
    case .tensor: .tensor
    case .tensors: .tensors
    case .sparse: .sparse
    case .sparseTensors: .sparseTensors
    case .graph: .graph
    case .graphs: .graphs
    case .type: .type
    case .types: .types
    case .reference(_, let kind): kind
    }
  }
}
