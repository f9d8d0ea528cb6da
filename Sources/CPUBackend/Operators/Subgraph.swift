package import Tensors

/// The body of a graph attribute, bound to the outer values it uses.
package struct Subgraph: Sendable {
  let program: Program
  let captured: [Value]
  let resources: Resources

  /// The number of formal inputs.
  package var inputCount: Int { program.inputs.count }
  /// The number of outputs.
  package var outputCount: Int { program.outputs.count }

  /// Runs the body once.
  package func run(_ inputs: [Value]) throws(KernelError) -> [Value] {
    guard inputs.count == program.inputs.count else {
      throw .invalidModel(
        "a body with \(program.inputs.count) inputs is called with \(inputs.count)")
    }
    return try program.run(inputs: inputs, captured: captured, resources: resources)
  }
}
