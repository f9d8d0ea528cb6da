package import ModelFormat
package import Tensors

/// What the standard says about one version of an operator: signature, types and attributes.
package struct OperatorSchema: Hashable, Sendable {
  package let name: String
  /// Empty for `ai.onnx`.
  package let domain: String
  /// The operator set version this definition came with.
  package let sinceVersion: Int
  package let inputs: [FormalParameter]
  package let outputs: [FormalParameter]
  /// Type variables in the order in which the signature first names them.
  package let typeVariables: [TypeVariable]
  package let attributes: [String: AttributeSchema]
  package let arity: Arity
  package let isDeprecated: Bool
  package let isExperimental: Bool
  package let function: FunctionBody

  /// Least and largest numbers of inputs and outputs; nil is unlimited.
  package struct Arity: Hashable, Sendable {
    package let minimumInputs: Int
    package let maximumInputs: Int?
    package let minimumOutputs: Int
    package let maximumOutputs: Int?
  }

  /// Whether the standard defines the operator by other operators.
  package enum FunctionBody: String, CaseIterable, Hashable, Sendable {
    case none, body
    /// The body depends on the node's attributes and types.
    case contextDependent = "context-dependent"
  }

  /// The type variable of the given name, e.g. `T`.
  package func typeVariable(_ name: String) -> TypeVariable? {
    typeVariables.first { $0.name == name }
  }

  /// The formal input that a position belongs to: the last one takes the tail if it is variadic.
  package func input(at position: Int) -> FormalParameter? { Self.formal(inputs, position) }

  /// The formal output that a position belongs to.
  package func output(at position: Int) -> FormalParameter? { Self.formal(outputs, position) }

  private static func formal(_ all: [FormalParameter], _ position: Int) -> FormalParameter? {
    if position < all.count { return all[position] }
    return all.last.flatMap { $0.isVariadic ? $0 : nil }
  }

  /// Whether a formal parameter may have the type.
  package func allows(_ type: ValueType, for parameter: FormalParameter) -> Bool {
    switch parameter.type {
    case .concrete(let only): only == type
    case .variable(let name): typeVariable(name)?.allows(type) ?? false
    }
  }
}

/// A type variable of a signature with the types it may stand for, in the standard's order.
package struct TypeVariable: Hashable, Sendable {
  package let name: String
  package let types: [ValueType]
  let members: Set<ValueType>

  /// Whether the variable may stand for the type.
  package func allows(_ type: ValueType) -> Bool { members.contains(type) }

  /// The element types among the allowed tensor types, in the order of `ElementType`.
  package var elementTypes: [ElementType] {
    ElementType.allCases.filter { allows(.tensor($0)) }
  }
}

/// An input or output of a signature.
package struct FormalParameter: Hashable, Sendable {
  package let name: String
  package let type: FormalType
  package let option: Option

  package enum FormalType: Hashable, Sendable {
    case variable(String)
    case concrete(ValueType)
  }

  package enum Option: Hashable, Sendable {
    case single
    case optional
    /// The tail of a signature; homogeneous: all have one type.
    case variadic(atLeast: Int, homogeneous: Bool)
  }

  package var isVariadic: Bool {
    if case .variadic = option { true } else { false }
  }

  /// Whether a call may leave it out by an empty name.
  package var isOptional: Bool { option == .optional }
}

/// An attribute of an operator.
package struct AttributeSchema: Hashable, Sendable {
  package let kind: AttributeKind
  package let isRequired: Bool
  /// The value when a node has none; nil when the standard gives none.
  package let defaultValue: Attribute?
}
