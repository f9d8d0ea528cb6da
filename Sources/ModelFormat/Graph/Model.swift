package import Tensors

/// An ONNX model as the package works with it: decoded, with tensors in hand.
package struct Model: Hashable, Sendable {
  package var irVersion: Int64
  /// Operator set version by domain; the default domain `ai.onnx` is the empty string.
  package var opsetImports: [String: Int64]
  package var producerName: String
  package var graph: Graph
  /// Model-local functions.
  package var functions: [LocalFunction]

  package init(
    irVersion: Int64, opsetImports: [String: Int64], producerName: String = "", graph: Graph,
    functions: [LocalFunction] = []
  ) {
    self.irVersion = irVersion
    self.opsetImports = opsetImports
    self.producerName = producerName
    self.graph = graph
    self.functions = functions
  }
}

/// A graph or subgraph: nodes in topological order, with named inputs, outputs and constants.
package struct Graph: Hashable, Sendable {
  package var name: String
  package var nodes: [Node]
  package var inputs: [ValueInfo]
  package var outputs: [ValueInfo]
  package var initializers: [Initializer]
  /// Declared types of intermediate values.
  package var valueInfo: [ValueInfo]

  package init(
    name: String, nodes: [Node], inputs: [ValueInfo], outputs: [ValueInfo],
    initializers: [Initializer] = [], valueInfo: [ValueInfo] = []
  ) {
    self.name = name
    self.nodes = nodes
    self.inputs = inputs
    self.outputs = outputs
    self.initializers = initializers
    self.valueInfo = valueInfo
  }
}

/// A named constant of a graph.
package struct Initializer: Hashable, Sendable {
  package var name: String
  package var tensor: Tensor

  package init(name: String, tensor: Tensor) {
    self.name = name
    self.tensor = tensor
  }
}

/// One operator call.
package struct Node: Hashable, Sendable {
  package var name: String
  package var operatorName: String
  /// Empty for `ai.onnx`.
  package var domain: String
  package var overload: String
  /// Value names in order; an empty name is an omitted optional input.
  package var inputs: [String]
  /// Value names in order; an empty name is an output that is not wanted.
  package var outputs: [String]
  package var attributes: [String: Attribute]

  package init(
    name: String = "", operatorName: String, domain: String = "", overload: String = "",
    inputs: [String], outputs: [String], attributes: [String: Attribute] = [:]
  ) {
    self.name = name
    self.operatorName = operatorName
    self.domain = domain
    self.overload = overload
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
  }
}

/// A value's name with what is declared about its type and shape.
package struct ValueInfo: Hashable, Sendable {
  package var name: String
  package var type: ValueType?
  /// Dimensions of a tensor (for sequences and optionals: of the tensors inside); nil when the
  /// rank is unknown.
  package var shape: [Dimension]?

  package init(name: String, type: ValueType?, shape: [Dimension]? = nil) {
    self.name = name
    self.type = type
    self.shape = shape
  }
}

/// One declared dimension.
package enum Dimension: Hashable, Sendable {
  case fixed(Int)
  case symbolic(String)
  case unknown
}

/// A model-local function: a named, reusable subgraph with attribute parameters.
package struct LocalFunction: Hashable, Sendable {
  package var name: String
  package var domain: String
  package var overload: String
  package var inputs: [String]
  package var outputs: [String]
  /// Attribute parameters without a default.
  package var attributeNames: [String]
  /// Attribute parameters with a default.
  package var attributeDefaults: [String: Attribute]
  package var nodes: [Node]
  package var opsetImports: [String: Int64]

  package init(
    name: String, domain: String, overload: String = "", inputs: [String], outputs: [String],
    attributeNames: [String] = [], attributeDefaults: [String: Attribute] = [:], nodes: [Node],
    opsetImports: [String: Int64]
  ) {
    self.name = name
    self.domain = domain
    self.overload = overload
    self.inputs = inputs
    self.outputs = outputs
    self.attributeNames = attributeNames
    self.attributeDefaults = attributeDefaults
    self.nodes = nodes
    self.opsetImports = opsetImports
  }
}
