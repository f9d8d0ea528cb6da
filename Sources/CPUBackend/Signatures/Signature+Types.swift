import Tensors

extension Signature {
  /// Checks known input types against the slots and returns what the type variables stand for.
  ///
  /// An input whose type is nil is either omitted or not known yet and is passed over.
  /// - Throws: `invalidModel` for a type outside a slot's list or variables that disagree.
  func bind(_ types: [ValueType?]) throws(KernelError) -> [String: ValueType] {
    var bound: [String: ValueType] = [:]
    for (position, type) in types.enumerated() {
      guard let type else { continue }
      guard let slot = Self.slot(position, of: inputs) else {
        throw .invalidModel("input \(position) is one too many")
      }
      switch slot.type {
      case .fixed(let expected):
        guard type == expected else {
          throw .invalidModel("input \(slot.name) is \(type), the operator takes \(expected)")
        }
      case .variable(let variable):
        guard allows(type, for: variable) else {
          throw .invalidModel(
            "input \(slot.name) is \(type), which \(name)-\(since) does not take")
        }
        if case .variadic(_, homogeneous: false) = slot.occurrence { continue }
        if let earlier = bound[variable], earlier != type {
          throw .invalidModel("input \(slot.name) is \(type), but \(variable) is \(earlier)")
        }
        bound[variable] = type
      }
    }
    return bound
  }

  /// Whether the variable may stand for the type.
  func allows(_ type: ValueType, for variable: String) -> Bool {
    variables[variable]?.contains(type) ?? false
  }

  /// The types of the first `count` outputs as far as the bound variables tell.
  func outputTypes(count: Int, bound: [String: ValueType]) -> [ValueType?] {
    (0..<count).map { position in
      guard let slot = Self.slot(position, of: outputs) else { return nil }
      switch slot.type {
      case .fixed(let type): return type
      case .variable(let variable):
        if case .variadic(_, homogeneous: false) = slot.occurrence { return nil }
        if let type = bound[variable] { return type }
        let types = variables[variable] ?? []
        return types.count == 1 ? types[0] : nil
      }
    }
  }
}
