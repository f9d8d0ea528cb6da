package import Tensors

/// What is known about a node before any input arrives.
package struct Declaration: Sendable {
  /// The since-version in force.
  package let version: Int
  package let attributes: Attributes
  /// Types of the inputs; nil when omitted or not known.
  package let inputTypes: [ValueType?]
  /// Values of inputs that are constants of the model.
  package let constants: [Int: Tensor]
  /// How many outputs the node names.
  package let outputCount: Int
  /// Interfaces of the bodies of graph attributes by name.
  package let subgraphs: [String: Interface]

  /// The formal inputs and outputs of a subgraph.
  package struct Interface: Sendable {
    package let inputCount: Int
    /// Types of the outputs; nil when not known.
    package let outputTypes: [ValueType?]
  }
}

extension Declaration {
  /// The type of what the first input, a sequence, holds; nil when it is not known.
  package var typeInsideSequence: ValueType? {
    guard case .sequence(let element) = inputTypes.first ?? nil else { return nil }
    return element
  }
}
