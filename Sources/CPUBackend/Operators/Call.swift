package import Tensors

/// One call of an operator: the version in force, its inputs and attributes.
package struct Call: Sendable {
  /// The since-version in force.
  package let version: Int
  /// Actual inputs in order; nil for an omitted optional input.
  package let inputs: [Value?]
  package let attributes: Attributes
  /// Which outputs the model uses; trailing unused outputs are not listed.
  package let wanted: [Bool]
  /// Bodies of graph attributes by name.
  package let subgraphs: [String: Subgraph]
  /// What the session lends to its operators.
  package let resources: Resources

  package init(
    version: Int, inputs: [Value?], attributes: Attributes, wanted: [Bool],
    subgraphs: [String: Subgraph] = [:], resources: Resources
  ) {
    self.version = version
    self.inputs = inputs
    self.attributes = attributes
    self.wanted = wanted
    self.subgraphs = subgraphs
    self.resources = resources
  }

  /// Whether the model uses the output of this position.
  package func wants(_ output: Int) -> Bool { output < wanted.count && wanted[output] }

  /// The value of an input; nil when it was omitted.
  package func value(_ position: Int) -> Value? {
    position < inputs.count ? inputs[position] : nil
  }

  /// The tensor of a required input.
  package func tensor(_ position: Int) throws(KernelError) -> Tensor {
    guard let tensor = try optionalTensor(position) else {
      throw .invalidInput("input \(position) is missing")
    }
    return tensor
  }

  /// The tensor of an optional input; nil when it was omitted.
  package func optionalTensor(_ position: Int) throws(KernelError) -> Tensor? {
    guard let value = value(position) else { return nil }
    guard let tensor = value.tensor else {
      throw .invalidInput("input \(position) is \(value.type), a tensor is needed")
    }
    return tensor
  }

  /// The tensors of a variadic input from a position on.
  package func tensors(from position: Int = 0) throws(KernelError) -> [Tensor] {
    var tensors: [Tensor] = []
    for index in position..<max(position, inputs.count) { tensors.append(try tensor(index)) }
    return tensors
  }

  /// The values of a required sequence input, and their type.
  package func sequence(
    _ position: Int
  ) throws(KernelError) -> (values: [Value], element: ValueType) {
    guard case .sequence(let values, let element) = value(position) else {
      throw .invalidInput("input \(position) must be a sequence")
    }
    return (values, element)
  }

  /// The keys and the values of a required map input, both of rank 1, in one order.
  ///
  /// - Throws: `invalidInput` for other values, and for a key that comes twice.
  package func map(_ position: Int) throws(KernelError) -> (keys: Tensor, values: Tensor) {
    guard case .map(let keys, let values, let type) = value(position) else {
      throw .invalidInput("input \(position) must be a map")
    }
    guard let column = MapValues.joined(values, type: type), column.count == keys.count else {
      throw .invalidInput("input \(position) must have one scalar for each key")
    }
    guard Set(keys.mapKeys).count == keys.count else {
      throw .invalidInput("input \(position) has a key twice")
    }
    return (keys, column)
  }

  /// The integers of an optional index input such as `axes` or `shape`; nil when omitted.
  package func integers(_ position: Int) throws(KernelError) -> [Int]? {
    guard let tensor = try optionalTensor(position) else { return nil }
    return try tensor.indexValues(of: "input \(position)")
  }

  /// The body of a graph attribute.
  package func subgraph(_ name: String) throws(KernelError) -> Subgraph {
    guard let subgraph = subgraphs[name] else {
      throw .invalidModel("attribute \(name) must be a graph")
    }
    return subgraph
  }
}

// Shorthands for the attributes of the call.
extension Call {
  /// An `int` attribute with a default.
  package func int(_ name: String, default fallback: Int) throws(KernelError) -> Int {
    try attributes.int(name, default: fallback)
  }

  /// An `int` attribute read as a truth value.
  package func flag(_ name: String, default fallback: Bool) throws(KernelError) -> Bool {
    try attributes.flag(name, default: fallback)
  }

  /// An `ints` attribute; nil when left out.
  package func ints(_ name: String) throws(KernelError) -> [Int]? { try attributes.ints(name) }

  /// A `float` attribute with a default.
  package func float(_ name: String, default fallback: Float) throws(KernelError) -> Float {
    try attributes.float(name, default: fallback)
  }

  /// A `string` attribute with a default.
  package func string(_ name: String, default fallback: String) throws(KernelError) -> String {
    try attributes.string(name, default: fallback)
  }
}
