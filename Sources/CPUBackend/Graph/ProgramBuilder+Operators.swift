import ModelFormat
import Tensors

extension ProgramBuilder {
  /// Compiles a call of a standard operator.
  func addOperator(_ node: Node, domain: String, place: String) throws(KernelError) {
    let signature = try signature(of: node, domain: domain)
    let attributes = Attributes(values: resolved(node.attributes))
    try check(attributes, against: signature)
    try check(node.inputs, slots: signature.inputs, what: "input")
    try check(node.outputs, slots: signature.outputs, what: "output")
    let inputs = try slots(of: node)
    let inputTypes = inputs.map { slot in slot.flatMap { types[$0] } }
    let bound = try signature.bind(inputTypes)
    if domain.isEmpty, let body = try earlierBody(of: node, attributes) {
      return try addCall(of: body, node: node, place: place)
    }
    let kernel = try kernel(for: signature, domain: domain)
    try kernel.requireSupport(of: bound, signature: signature)
    let bodies = try bodies(of: attributes)
    let declaration = Declaration(
      version: signature.since, attributes: attributes, inputTypes: inputTypes,
      constants: constants(of: inputs), outputCount: node.outputs.count,
      subgraphs: bodies.mapValues {
        Declaration.Interface(inputCount: $0.inputs.count, outputTypes: $0.outputTypes)
      })
    try kernel.check(declaration)
    let outputTypes = try outputTypes(
      kernel, declaration, signature: signature, bound: bound, count: node.outputs.count)
    let outputs = try outputSlots(of: node, types: outputTypes)
    let isKnown = zip(inputs, inputTypes).allSatisfy { $0 == nil || $1 != nil }
    append(
      Program.Step(
        place: place, action: context.action(for: kernel, declaration), version: signature.since,
        inputs: inputs,
        outputs: outputs, attributes: attributes, bodies: bodies,
        lateCheck: isKnown ? nil : signature))
  }

  private func signature(of node: Node, domain: String) throws(KernelError) -> Signature {
    guard let opset = opsetVersion(of: domain) else {
      throw .invalidModel("domain \"\(domain)\" has no operator set import")
    }
    guard node.overload.isEmpty else {
      throw .invalidModel("there is no function with overload \"\(node.overload)\"")
    }
    let name = node.operatorName
    guard !SignatureTable.signatures(domain: domain, name: name).isEmpty else {
      if SignatureTable.newestOpset[domain] == nil {
        throw .unsupported(.operator, "operators of domain \"\(domain)\" are not implemented")
      }
      throw .invalidModel("the standard has no such operator")
    }
    guard
      let signature = SignatureTable.signature(
        domain: domain, name: name, opset: Int(clamping: opset))
    else {
      throw .invalidModel("the operator does not exist in operator set \(opset) yet")
    }
    guard !signature.isDeprecated else {
      throw .invalidModel("the operator is withdrawn since operator set \(signature.since)")
    }
    return signature
  }

  private func kernel(
    for signature: Signature, domain: String
  ) throws(KernelError) -> any OperatorKernel.Type {
    guard let kernel = OperatorTable.kernel(domain: domain, name: signature.name) else {
      throw .unsupported(.operator, "\(signature.name) is not implemented")
    }
    guard kernel.versions.contains(signature.since) else {
      throw .unsupported(.opset, "\(signature.name)-\(signature.since) is not implemented")
    }
    return kernel
  }

  private func check(
    _ attributes: Attributes, against signature: Signature
  ) throws(KernelError) {
    for (name, attribute) in attributes.values.sorted(by: { $0.key < $1.key }) {
      guard let rule = signature.attributes[name] else {
        throw .invalidModel("\(signature.name)-\(signature.since) has no attribute \"\(name)\"")
      }
      guard attribute.kind == rule.kind else {
        throw .invalidModel(
          "attribute \(name) is \(attribute.kind.onnxName), it must be \(rule.kind.onnxName)")
      }
    }
    for (name, rule) in signature.attributes.sorted(by: { $0.key < $1.key })
    where rule.isRequired && attributes.values[name] == nil {
      throw .invalidModel("attribute \(name) is missing")
    }
  }

  private func check(
    _ names: [String], slots: [Signature.Slot], what: String
  ) throws(KernelError) {
    let (least, most) = Signature.arity(of: slots)
    if let most, names.count > most {
      throw .invalidModel("\(names.count) \(what)s, the operator has at most \(most)")
    }
    guard names.count >= least else {
      throw .invalidModel("\(names.count) \(what)s, the operator has at least \(least)")
    }
    guard what == "input" else { return }
    for (position, name) in names.enumerated() where name.isEmpty {
      if let slot = Signature.slot(position, of: slots), slot.occurrence == .required {
        throw .invalidModel("input \(slot.name) is required and has no name")
      }
    }
  }

  private func bodies(of attributes: Attributes) throws(KernelError) -> [String: Program] {
    var bodies: [String: Program] = [:]
    for (name, attribute) in attributes.values.sorted(by: { $0.key < $1.key }) {
      guard let graph = attribute.graphValue else { continue }
      let (context, opsets, bindings) = (context, opsets, bindings)
      bodies[name] = try context.nested { () throws(KernelError) -> Program in
        do throws(KernelError) {
          return try ProgramBuilder(
            context: context, parent: self, opsets: opsets, bindings: bindings
          ).build(graph)
        } catch {
          throw error.located(at: name)
        }
      }
    }
    return bodies
  }

  private func constants(of inputs: [Int?]) -> [Int: Tensor] {
    var known: [Int: Tensor] = [:]
    for (position, slot) in inputs.enumerated() {
      if let slot { known[position] = constant(slot) }
    }
    return known
  }

  private func outputTypes(
    _ kernel: any OperatorKernel.Type, _ declaration: Declaration, signature: Signature,
    bound: [String: ValueType], count: Int
  ) throws(KernelError) -> [ValueType?] {
    let stated = try kernel.outputTypes(declaration)
    var types = signature.outputTypes(count: count, bound: bound)
    for (position, type) in stated.enumerated() where position < types.count {
      guard let type else { continue }
      types[position] = type
      guard let slot = Signature.slot(position, of: signature.outputs),
        case .variable(let variable) = slot.type
      else { continue }
      guard signature.allows(type, for: variable) else {
        throw .invalidModel("output \(slot.name) is \(type), which the operator does not give")
      }
      try kernel.requireSupport(of: [variable: type], signature: signature)
    }
    return types
  }
}
