package import ModelFormat
package import Spec
package import Tensors

/// One judged unit with everything a backend is given.
package struct Case: Sendable {
  package let id: CaseID
  package let group: CaseGroup
  package let expectation: Expectation
  package var model: Model
  /// The inputs of the graph that are fed, in order; constants are inside the model.
  package let inputs: [(name: String, value: Value)]
  /// The outputs of the graph in order.
  package let outputNames: [String]
  /// How outputs of a model are pooled, by name; empty for other cases.
  package let tokenRules: [String: TokenRule]
  /// The executions of a relation; model and inputs are those of its golden step.
  package let relation: CaseRelation?
  /// Whether the body in place of the node says that it is not quite the operator.
  package var bodyDiffers = false

  /// The ONNX bytes a backend compiles.
  package func encodedModel() throws(ModelError) -> [UInt8] { try model.encoded() }
}
