import Tensors

/// Runs one of two bodies, chosen by a condition of one element.
enum IfKernel: OperatorKernel {
  static let name = "If"
  static let versions = [1, 11, 13, 16, 19, 21, 23, 24, 25]

  static func check(_ declaration: Declaration) throws(KernelError) {
    for name in ["then_branch", "else_branch"] {
      guard let branch = declaration.subgraphs[name] else { continue }
      guard branch.inputCount == 0 else { throw .invalidModel("\(name) has inputs") }
      guard branch.outputTypes.count == declaration.outputCount else {
        throw .invalidModel(
          "\(name) has \(branch.outputTypes.count) outputs, the node has "
            + "\(declaration.outputCount)")
      }
    }
  }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    guard let first = declaration.subgraphs["then_branch"]?.outputTypes,
      let second = declaration.subgraphs["else_branch"]?.outputTypes
    else { return [] }
    var types: [ValueType?] = []
    for (position, (a, b)) in zip(first, second).enumerated() {
      if let a, let b, a != b {
        throw .invalidModel("output \(position) is \(a) in one branch and \(b) in the other")
      }
      types.append(a ?? b)
    }
    return types
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let condition = try call.tensor(0)
    guard condition.count == 1 else {
      throw .invalidInput("the condition has \(condition.count) elements, one is needed")
    }
    let branch = condition.bytes[0] != 0 ? "then_branch" : "else_branch"
    return try call.subgraph(branch).run([])
  }
}
