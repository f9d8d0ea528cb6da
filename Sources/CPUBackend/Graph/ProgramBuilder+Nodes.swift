import ModelFormat
import Tensors

extension ProgramBuilder {
  /// Compiles a node into a step.
  func add(_ node: Node) throws(KernelError) {
    try context.countNode()
    let place = Self.place(of: node)
    do throws(KernelError) {
      let domain = CompileContext.canonical(node.domain)
      let key = CompileContext.FunctionKey(
        domain: domain, name: node.operatorName, overload: node.overload)
      if let function = context.functions[key] {
        try addCall(of: function, key: key, node: node, place: place)
      } else {
        try addOperator(node, domain: domain, place: place)
      }
    } catch {
      throw error.located(at: place)
    }
  }

  private static func place(of node: Node) -> String {
    let domain = node.domain.isEmpty ? "" : node.domain + "."
    let name = node.name.isEmpty ? "" : " \"\(node.name)\""
    return "node \(domain)\(node.operatorName)\(name)"
  }

  /// Slots of the inputs; nil for an omitted one.
  func slots(of node: Node) throws(KernelError) -> [Int?] {
    var inputs: [Int?] = []
    for name in node.inputs {
      guard !name.isEmpty else {
        inputs.append(nil)
        continue
      }
      guard let slot = try slot(of: name) else {
        throw .invalidModel("input \"\(name)\" is not defined before this node")
      }
      inputs.append(slot)
    }
    return inputs
  }

  /// New slots of the outputs; nil for one nobody wants, unwanted ones at the end left out.
  func outputSlots(of node: Node, types: [ValueType?]) throws(KernelError) -> [Int?] {
    var outputs: [Int?] = []
    for (position, name) in node.outputs.enumerated() {
      guard !name.isEmpty else {
        outputs.append(nil)
        continue
      }
      guard !isVisible(name) else { throw .invalidModel("\"\(name)\" is defined twice") }
      outputs.append(
        try define(name, type: position < types.count ? types[position] : nil))
    }
    while outputs.last == .some(nil) { outputs.removeLast() }
    return outputs
  }

  private func addCall(
    of function: LocalFunction, key: CompileContext.FunctionKey, node: Node, place: String
  ) throws(KernelError) {
    guard opsetVersion(of: key.domain) != nil else {
      throw .invalidModel("domain \"\(key.domain)\" has no operator set import")
    }
    guard node.inputs.count <= function.inputs.count,
      node.outputs.count <= function.outputs.count
    else {
      throw .invalidModel(
        "function \(function.name) has \(function.inputs.count) inputs and "
          + "\(function.outputs.count) outputs")
    }
    let inputs = try slots(of: node)
    let arguments = try functionArguments(of: function, node: node)
    let inputTypes = inputs.map { $0.flatMap { types[$0] } }
    let context = context
    let program = try context.calling(key) { () throws(KernelError) -> Program in
      try ProgramBuilder(
        context: context, parent: nil, opsets: function.opsetImports, bindings: arguments
      ).build(function, inputTypes: inputTypes)
    }
    let outputs = try outputSlots(of: node, types: program.outputTypes)
    append(
      Program.Step(
        place: place, action: .function(program), version: 0, inputs: inputs, outputs: outputs,
        attributes: Attributes(values: [:]), bodies: [:], lateCheck: nil))
  }

  private func functionArguments(
    of function: LocalFunction, node: Node
  ) throws(KernelError) -> [String: Attribute] {
    let stated = resolved(node.attributes)
    for name in stated.keys.sorted()
    where !function.attributeNames.contains(name) && function.attributeDefaults[name] == nil {
      throw .invalidModel("function \(function.name) has no attribute \"\(name)\"")
    }
    return function.attributeDefaults.merging(stated) { _, stated in stated }
  }

  /// Attributes with references to the function's own attributes replaced.
  ///
  /// A reference to an attribute that the call left out leaves the attribute out.
  func resolved(_ attributes: [String: Attribute]) -> [String: Attribute] {
    attributes.compactMapValues { attribute in
      guard case .reference(let name, _) = attribute else { return attribute }
      return bindings[name]
    }
  }

  /// The version of the operator set in force for a domain.
  func opsetVersion(of domain: String) -> Int64? {
    if let version = opsets[domain] { return version }
    return domain.isEmpty ? opsets["ai.onnx"] : nil
  }
}
