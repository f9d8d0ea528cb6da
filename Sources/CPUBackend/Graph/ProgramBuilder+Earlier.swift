import ModelFormat
import Tensors

// Versions from before operator set 9.
extension ProgramBuilder {
  /// What stands for a node of an earlier version; nil for the versions that kernels know.
  func earlierBody(
    of node: Node, _ attributes: Attributes
  ) throws(KernelError) -> EarlierVersion.Body? {
    var resolved = node
    resolved.attributes = attributes.values
    do throws(EarlierVersionError) {
      return try EarlierVersion.body(of: resolved, imports: opsets)
    } catch {
      // The place of the node is added where all errors get theirs.
      switch error.kind {
      case .invalid: throw .invalidModel(error.reason)
      case .unsupported: throw .unsupported(.construct, error.reason)
      }
    }
  }

  /// Compiles the body of an earlier version in the place of its node.
  func addCall(
    of body: EarlierVersion.Body, node: Node, place: String
  ) throws(KernelError) {
    var inputs = try slots(of: node)
    for name in body.captured {
      guard let slot = try slot(of: name) else {
        throw .invalidModel("\"\(name)\" is not defined before this node")
      }
      inputs.append(slot)
    }
    let inputTypes = inputs.map { slot in slot.flatMap { types[$0] } }
    let context = context
    let program = try context.nested { () throws(KernelError) -> Program in
      try ProgramBuilder(
        context: context, parent: nil, opsets: body.function.opsetImports, bindings: [:]
      ).build(body.function, inputTypes: inputTypes)
    }
    let outputs = try outputSlots(of: node, types: program.outputTypes)
    append(
      Program.Step(
        place: place, action: .function(program), version: 0, inputs: inputs, outputs: outputs,
        attributes: Attributes(values: [:]), bodies: [:], lateCheck: nil))
  }
}
