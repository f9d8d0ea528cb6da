import Tensors

/// Runs a body until a trip count is reached or its condition is false.
///
/// The body takes the number of the trip, the condition and the carried values; it returns the next
/// condition, the next carried values and elements of scan outputs, which are stacked along a new
/// first axis. Without a trip a scan output has size 0 there and the dimensions that the body
/// declares, 0 where it declares none. Without trip count and condition, only the body ends the loop.
enum LoopKernel: OperatorKernel {
  static let name = "Loop"
  static let versions = [1, 11, 13, 16, 19, 21, 23, 24, 25]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard let body = declaration.subgraphs["body"] else { return }
    let carried = max(0, declaration.inputTypes.count - 2)
    guard body.inputCount == carried + 2 else {
      throw .invalidModel(
        "the body has \(body.inputCount) inputs, \(carried + 2) are needed")
    }
    guard body.outputTypes.count >= carried + 1,
      body.outputTypes.count == declaration.outputCount + 1
    else {
      throw .invalidModel(
        "the body has \(body.outputTypes.count) outputs for \(carried) carried values and "
          + "\(declaration.outputCount) outputs of the node")
    }
    if let type = body.outputTypes[0], type != .tensor(.bool) {
      throw .invalidModel("the condition that the body returns is \(type)")
    }
  }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    guard let body = declaration.subgraphs["body"] else { return [] }
    let initial = Array(declaration.inputTypes.dropFirst(2))
    var types: [ValueType?] = []
    for (position, type) in body.outputTypes.dropFirst().enumerated() {
      guard position < initial.count else {
        if let type, !type.isTensor {
          throw .invalidModel("scan output \(position) is \(type), a tensor is needed")
        }
        types.append(type)
        continue
      }
      if let type, let first = initial[position], type != first, type.isTensor, first.isTensor {
        throw .invalidModel("carried value \(position) is \(first) at first, then \(type)")
      }
      types.append(type ?? initial[position])
    }
    return types
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let body = try call.subgraph("body")
    let limit = try tripLimit(call)
    var carried: [Value] = []
    for position in 2..<max(2, call.inputs.count) {
      guard let value = call.value(position) else {
        throw .invalidInput("carried value \(position - 2) is missing")
      }
      carried.append(value)
    }
    var goesOn = true
    if let condition = try call.optionalTensor(1) { goesOn = try truth(condition) }
    var scans = try scanOutputs(of: body, carried: carried.count)
    var trip: Int64 = 0
    while goesOn, trip < limit {
      let results = try body.run(
        [
          .tensor(try .of(.i64, [], [trip])),
          .tensor(try .of(.bool, [], [UInt8(1)])),
        ] + carried)
      guard let condition = results.first?.tensor else {
        throw .invalidInput("the condition that the body returns is no tensor")
      }
      goesOn = try truth(condition)
      carried = Array(results.dropFirst().prefix(carried.count))
      for position in scans.indices {
        try scans[position].append(results[1 + carried.count + position])
      }
      trip += 1
    }
    var outputs = carried
    for scan in scans { outputs.append(.tensor(try scan.stacked())) }
    return outputs
  }

  private static func scanOutputs(
    of body: Subgraph, carried: Int
  ) throws(KernelError) -> [TensorStack] {
    guard body.outputCount > carried else {
      throw .invalidModel("the body has \(body.outputCount) outputs for \(carried) values")
    }
    var scans: [TensorStack] = []
    for output in (1 + carried)..<max(1 + carried, body.outputCount) {
      scans.append(TensorStack(type: body.outputType(output), shape: body.outputShape(output)))
    }
    return scans
  }

  private static func tripLimit(_ call: Call) throws(KernelError) -> Int64 {
    guard let values = try call.integers(0) else { return .max }
    guard values.count == 1 else {
      throw .invalidInput("the trip count has \(values.count) elements, one is needed")
    }
    return Int64(values[0])
  }

  private static func truth(_ condition: Tensor) throws(KernelError) -> Bool {
    guard condition.type == .bool, condition.count == 1 else {
      throw .invalidInput("a condition must be one bool")
    }
    return condition.bytes[0] != 0
  }
}

extension ValueType {
  /// Whether this is the type of a tensor.
  var isTensor: Bool { if case .tensor = self { true } else { false } }
}
