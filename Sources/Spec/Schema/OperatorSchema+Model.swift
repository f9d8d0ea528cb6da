package import Tensors

extension OperatorSchema {
  /// The domain that whole models stand in beside the operators' domains.
  package static let modelDomain = "model"

  /// A whole model in the place of an operator: its name, the operator set its graphs are written
  /// for, and the type variables of its cases. Graphs say themselves what they take and give.
  package init(model name: String, opset: Int, typeVariables: [TypeVariable]) {
    self.init(
      name: name, domain: Self.modelDomain, sinceVersion: opset, inputs: [], outputs: [],
      typeVariables: typeVariables, attributes: [:],
      arity: Arity(
        minimumInputs: 0, maximumInputs: nil, minimumOutputs: 0, maximumOutputs: nil),
      isDeprecated: false, isExperimental: false, function: .none)
  }

  /// Whether this stands for a whole model.
  package var isModel: Bool { domain == Self.modelDomain }
}

extension TypeVariable {
  /// A variable that may stand for any of the types, in their order.
  package init(name: String, types: [ValueType]) {
    self.init(name: name, types: types, members: Set(types))
  }
}
