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

  /// The type of an output; nil when it is not known before the body runs.
  func outputType(_ output: Int) -> ValueType? {
    output < program.outputTypes.count ? program.outputTypes[output] : nil
  }

  /// The declared shape of an output, with 0 for what is not declared.
  func outputShape(_ output: Int) -> Shape {
    output < program.outputShapes.count ? program.outputShapes[output] : []
  }

  /// Runs the body once.
  package func run(_ inputs: [Value]) throws(KernelError) -> [Value] {
    guard inputs.count == program.inputs.count else {
      throw .invalidModel(
        "a body with \(program.inputs.count) inputs is called with \(inputs.count)")
    }
    return try program.run(inputs: inputs, captured: captured, resources: resources)
  }
}
