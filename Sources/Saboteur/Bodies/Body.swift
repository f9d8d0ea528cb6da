import ModelFormat
import Spec
import Tensors
import Variants

/// A function that stands in for an operator, and the calls it can stand in for.
struct Body: Sendable {
  let operatorName: String
  let profile: VariantProfile
  let function: LocalFunction
  /// Element types of the first input; nil is every type.
  let types: Set<ElementType>?
  /// Since-versions of the operator; nil is every version.
  let versions: Set<Int>?
  let condition: Condition?
  /// Which difference makes the results of the function others than the right ones.
  let distinction: Distinction

  /// What an attribute must be, stated or by default.
  struct Condition: Hashable, Sendable {
    let attribute: String
    let value: Attribute
  }

  static let domain = "assay.mutants"

  /// The model with the first call that fits replaced; nil when none fits.
  func replacing(in site: Site) -> Model? {
    guard let position = site.model.graph.allNodes.firstIndex(where: { fits($0, in: site) }) else {
      return nil
    }
    let node = site.model.graph.allNodes[position]
    guard let bound = binding(node) else { return nil }
    var model = site.changing(node: position) { node in
      node.domain = Self.domain
      node.operatorName = function.name
      if let condition { node.attributes[condition.attribute] = nil }
      // Constants follow the function's own inputs.
      while node.inputs.count < function.inputs.count { node.inputs.append("") }
      node.inputs += bound.constants.map(\.name)
    }
    model.functions.append(bound.function)
    model.opsetImports[Self.domain] = 1
    model.graph.initializers += bound.constants
    model.irVersion = max(model.irVersion, 8)
    return model
  }

  private func fits(_ node: Node, in site: Site) -> Bool {
    guard node.operatorName == operatorName, node.domain.isEmpty,
      let schema = site.schema(of: node), versions?.contains(schema.sinceVersion) ?? true,
      node.inputs.count <= function.inputs.count, node.outputs.count <= function.outputs.count
    else { return false }
    if let types, node.inputs.first.flatMap({ site.type(of: $0) }).map(types.contains) != true {
      return false
    }
    let parameters = function.attributeNames + function.attributeDefaults.keys
    if let condition {
      let name = condition.attribute
      let inForce = node.attributes[name] ?? schema.attributes[name]?.defaultValue
      guard inForce == condition.value else { return false }
    }
    return node.attributes.keys.allSatisfy {
      parameters.contains($0) || $0 == condition?.attribute
    }
  }

  /// The function with its constants turned into inputs, so that any backend can compile it.
  private func binding(_ node: Node) -> (function: LocalFunction, constants: [Initializer])? {
    var function = function
    function.domain = Self.domain
    var constants: [Initializer] = []
    var nodes: [Node] = []
    for inner in function.nodes {
      guard inner.operatorName == "Constant" else {
        nodes.append(inner)
        continue
      }
      guard let output = inner.outputs.first, let tensor = constant(inner, of: node) else {
        return nil
      }
      constants.append(Initializer(name: "\(function.name).\(output)", tensor: tensor))
      function.inputs.append(output)
    }
    function.nodes = nodes
    return (function, constants)
  }

  private func constant(_ inner: Node, of node: Node) -> Tensor? {
    guard var value = inner.attributes.values.first else { return nil }
    if case .reference(let name, _) = value {
      guard let given = node.attributes[name] ?? function.attributeDefaults[name] else {
        return nil
      }
      value = given
    }
    switch value {
    case .int(let number): return Tensor(type: .i64, shape: [1], wrapping: [Int128(number)])
    case .ints(let numbers):
      return Tensor(type: .i64, shape: [numbers.count], wrapping: numbers.map { Int128($0) })
    case .float(let number): return Tensor(type: .f32, shape: [], rounding: [Double(number)])
    case .tensor(let tensor): return tensor
    case .floats, .string, .strings, .tensors, .sparse, .sparseTensors, .graph, .graphs, .type,
      .types, .reference:
      return nil
    }
  }
}

extension FaultFamily {
  /// The faults that the files of a folder describe.
  func bodyFaults(_ bodies: [Body]) -> [Fault] {
    bodies.map { body in
      Fault(
        profile: body.profile, standard: standard,
        distinction: body.distinction, concernsDraws: false
      ) { site in
        body.replacing(in: site).map { Plan(model: $0) }
      }
    }
  }
}
