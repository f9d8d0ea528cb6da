package import Tensors

/// One case as a backend sees it: a model, inputs, and nothing that tells what is expected.
package struct CaseRequest: Sendable {
  /// A serialised ONNX model.
  package var model: [UInt8]
  /// In the order of the inputs of the graph.
  package var inputs: [Value]
  /// A JSON object, or empty.
  package var compileOptions: String
  /// Executions; with several, their outputs are compared.
  package var repetitions: Int
  /// Fill the memory of the outputs with a pattern and guard it, where the backend permits.
  package var poison: Bool
  package var compileLimit: Duration
  /// For all repetitions together.
  package var runLimit: Duration

  package init(
    model: [UInt8], inputs: [Value], compileOptions: String = "", repetitions: Int = 1,
    poison: Bool = true, compileLimit: Duration = .seconds(10), runLimit: Duration = .seconds(10)
  ) {
    self.model = model
    self.inputs = inputs
    self.compileOptions = compileOptions
    self.repetitions = repetitions
    self.poison = poison
    self.compileLimit = compileLimit
    self.runLimit = runLimit
  }
}
