import ModelFormat
import Spec
import Tensors

/// A model as a fault looks at it: what is declared, and what the standard says of its operators.
struct Site: Sendable {
  let model: Model
  let standard: Standard
  let seed: UInt64

  /// The definition a node of the main graph or of a subgraph refers to; nil for functions.
  func schema(of node: Node) -> OperatorSchema? {
    let domain = Standard.canonical(node.domain)
    let imported =
      model.opsetImports[domain] ?? (domain.isEmpty ? model.opsetImports["ai.onnx"] : nil)
    guard let imported else { return nil }
    return standard.schema(
      domain: domain, operator: node.operatorName, opset: Int(clamping: imported))
  }

  /// The only node of the graph; nil for whole models.
  var onlyNode: Node? { model.graph.nodes.count == 1 ? model.graph.nodes.first : nil }

  /// Element types of the outputs, also of tensors inside containers.
  var outputTypes: [ElementType] { model.graph.outputs.compactMap { $0.type?.element } }

  /// Element types of inputs and constants, also of tensors inside containers.
  var inputTypes: [ElementType] {
    model.graph.inputs.compactMap { $0.type?.element } + model.graph.initializers.map(\.tensor.type)
  }

  /// The declared type of a value of the main graph.
  func type(of name: String) -> ElementType? {
    if let constant = model.graph.initializers.first(where: { $0.name == name }) {
      return constant.tensor.type
    }
    let declared = model.graph.inputs + model.graph.outputs + model.graph.valueInfo
    return declared.first { $0.name == name }?.type?.element
  }

  /// Where a value enters: its position among the operator's inputs and the formal parameter.
  ///
  /// Whole models have no such positions; there the order of the graph's inputs and their own
  /// names stand in.
  func entry(of name: String) -> (position: Int, parameter: String) {
    if let node = onlyNode, let position = node.inputs.firstIndex(of: name) {
      return (position, schema(of: node)?.input(at: position)?.name ?? name)
    }
    let names = model.graph.inputs.map(\.name)
    return (names.firstIndex(of: name) ?? names.count, name)
  }

  /// Whether some operator may draw random numbers: the standard gives it a seed.
  var mayDraw: Bool {
    model.graph.allNodes.contains { schema(of: $0)?.attributes["seed"] != nil }
  }
}

extension ValueType {
  /// The element type of the tensors inside.
  var element: ElementType? {
    switch self {
    case .tensor(let type): type
    case .sequence(let inner): inner.element
    case .optional(let inner): inner.element
    case .map(_, let value): value.element
    }
  }
}

extension Graph {
  /// The nodes of the graph and, after each, those of its subgraphs.
  var allNodes: [Node] {
    nodes.flatMap { node in
      [node] + node.bodies.flatMap(\.allNodes)
    }
  }
}

extension Node {
  /// The subgraphs by the names of their attributes.
  fileprivate var bodies: [Graph] {
    attributes.sorted { $0.key < $1.key }.compactMap(\.value.graphValue)
  }
}
