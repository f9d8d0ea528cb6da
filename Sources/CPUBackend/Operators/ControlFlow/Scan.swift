import Tensors

/// Runs a body once for each slice of the scan inputs.
///
/// The body takes the states and one slice of each scan input; it returns the next states and one
/// element of each scan output. Directions of 1 go through a scan input, or stack an output, from
/// the end. Without a slice a scan output has length 0 and the dimensions that the body declares.
enum ScanKernel: OperatorKernel {
  static let name = "Scan"
  static let versions = [9, 11, 16, 19, 21, 23, 24, 25]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard let body = declaration.subgraphs["body"] else { return }
    let count = declaration.inputTypes.count
    let scans = try declaration.attributes.int("num_scan_inputs", default: 0)
    guard scans >= 1, scans <= count, body.inputCount == count else {
      throw .invalidModel(
        "\(scans) scan inputs of \(count), of which the body takes \(body.inputCount)")
    }
    guard body.outputTypes.count == declaration.outputCount, body.outputTypes.count >= count - scans
    else {
      throw .invalidModel(
        "the body has \(body.outputTypes.count) outputs, the node \(declaration.outputCount)")
    }
    let outputs = body.outputTypes.count - (count - scans)
    for (name, expected) in [
      ("scan_input_axes", scans), ("scan_input_directions", scans),
      ("scan_output_axes", outputs), ("scan_output_directions", outputs),
    ] { _ = try list(name, declaration.attributes, count: expected) }
  }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    declaration.subgraphs["body"]?.outputTypes ?? []
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let body = try call.subgraph("body")
    let scans = try call.int("num_scan_inputs", default: 0)
    let stateCount = call.inputs.count - scans
    guard scans >= 1, stateCount >= 0, body.outputCount >= stateCount else {
      throw .invalidModel("\(scans) scan inputs of \(call.inputs.count)")
    }
    var states: [Value] = []
    for position in 0..<stateCount { states.append(.tensor(try call.tensor(position))) }
    let inputs = try inputs(call, from: stateCount, count: scans)
    var stacks: [[Tensor]] = Array(repeating: [], count: body.outputCount - stateCount)
    for step in 0..<inputs[0].length {
      var values = states
      for input in inputs { values.append(.tensor(try input.slice(step))) }
      let results = try body.run(values)
      states = Array(results[..<stateCount])
      for position in stacks.indices {
        guard let tensor = results[stateCount + position].tensor else {
          throw .invalidInput("an element of a scan output is no tensor")
        }
        stacks[position].append(tensor)
      }
    }
    return states + (try outputs(stacks, call, body))
  }

  private static func inputs(
    _ call: Call, from first: Int, count: Int
  ) throws(KernelError) -> [ScanInput] {
    let axes = try list("scan_input_axes", call.attributes, count: count)
    let directions = try list("scan_input_directions", call.attributes, count: count)
    var inputs: [ScanInput] = []
    for position in 0..<count {
      let tensor = try call.tensor(first + position)
      let axis = try Axes.normalised(axes[position], rank: tensor.shape.count)
      inputs.append(ScanInput(tensor: tensor, axis: axis, isReversed: directions[position] == 1))
    }
    guard inputs.allSatisfy({ $0.length == inputs[0].length }) else {
      throw .invalidInput("scan inputs have the lengths \(inputs.map(\.length))")
    }
    return inputs
  }

  private static func outputs(
    _ elements: [[Tensor]], _ call: Call, _ body: Subgraph
  ) throws(KernelError) -> [Value] {
    let axes = try list("scan_output_axes", call.attributes, count: elements.count)
    let directions = try list("scan_output_directions", call.attributes, count: elements.count)
    var values: [Value] = []
    for (position, tensors) in elements.enumerated() {
      let output = body.outputCount - elements.count + position
      var stack = TensorStack(type: body.outputType(output), shape: body.outputShape(output))
      for tensor in directions[position] == 1 ? tensors.reversed() : tensors {
        try stack.append(.tensor(tensor))
      }
      let stacked = try stack.stacked()
      let axis = try Axes.normalised(axes[position], rank: stacked.shape.count)
      var order = Array(1..<stacked.shape.count)
      order.insert(0, at: axis)
      values.append(
        .tensor(try StridedView(stacked.shape, permutation: order).tensor(of: stacked)))
    }
    return values
  }

  private static func list(
    _ name: String, _ attributes: Attributes, count: Int
  ) throws(KernelError) -> [Int] {
    let list = try attributes.ints(name) ?? [Int](repeating: 0, count: count)
    guard list.count == count else {
      throw .invalidModel("\(name) has \(list.count) entries, \(count) are needed")
    }
    guard name.hasSuffix("axes") || list.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw .invalidModel("\(name) \(list) has other entries than 0 and 1")
    }
    return list
  }
}

/// A tensor that is cut into slices along one axis.
private struct ScanInput {
  let tensor: Tensor
  let axis: Int
  let isReversed: Bool

  var length: Int { tensor.shape[axis] }

  /// The slice of a step, without the axis.
  func slice(_ step: Int) throws(KernelError) -> Tensor {
    let place = isReversed ? length - 1 - step : step
    var shape = tensor.shape
    shape.remove(at: axis)
    return try StridedView(tensor.shape, range: place..<place + 1, of: axis)
      .tensor(of: tensor).under(shape)
  }
}
