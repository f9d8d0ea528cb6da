import Tensors

/// Runs a body for every element of a sequence, and for those of further sequences beside it.
///
/// A tensor among the inputs is the same for every run. The outputs are sequences of what the body
/// returned; without an element their type is the one that the body declares.
enum SequenceMapKernel: OperatorKernel {
  static let name = "SequenceMap"
  static let versions = [17]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard let body = declaration.subgraphs["body"] else { return }
    guard body.inputCount == declaration.inputTypes.count,
      body.outputTypes.count == declaration.outputCount
    else {
      throw .invalidModel(
        "the body has \(body.inputCount) inputs and \(body.outputTypes.count) outputs, the node "
          + "\(declaration.inputTypes.count) and \(declaration.outputCount)")
    }
  }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    declaration.subgraphs["body"]?.outputTypes.map { type in type.map { .sequence($0) } } ?? []
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let body = try call.subgraph("body")
    let count = try call.sequence(0).values.count
    for (position, value) in call.inputs.enumerated() {
      guard case .sequence(let values, _) = value else { continue }
      guard values.count == count else {
        throw .invalidInput("input \(position) has \(values.count) elements, the first \(count)")
      }
    }
    var collected: [[Value]] = Array(repeating: [], count: body.outputCount)
    for sample in 0..<count {
      var arguments: [Value] = []
      for position in call.inputs.indices {
        guard let value = call.value(position) else {
          throw .invalidInput("input \(position) is missing")
        }
        if case .sequence(let values, _) = value {
          arguments.append(values[sample])
        } else {
          arguments.append(value)
        }
      }
      for (output, result) in try body.run(arguments).enumerated() {
        collected[output].append(result)
      }
    }
    return try collected.enumerated().map { output, values throws(KernelError) in
      try sequence(values, type: body.outputType(output), output)
    }
  }

  private static func sequence(
    _ values: [Value], type declared: ValueType?, _ output: Int
  ) throws(KernelError) -> Value {
    guard let type = values.first?.type ?? declared else {
      throw .invalidModel("the type of output \(output), which has no element, is not declared")
    }
    guard case .tensor = type, values.allSatisfy({ $0.type == type }) else {
      throw .invalidInput("output \(output) holds other values than tensors of one type")
    }
    return .sequence(values, element: type)
  }
}
