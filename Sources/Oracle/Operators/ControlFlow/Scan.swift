import ModelFormat
import Tensors

/// A subgraph run once for each slice of the scan inputs, with states carried from run to run.
///
/// - (C1) The body takes the states and a slice of each scan input; it gives the states and an
///   element of each scan output. All scan inputs have one length.
/// - (C2) Scan inputs are cut along `scan_input_axes` (0), backwards where the direction is 1.
/// - (C3) Elements of scan outputs are stacked along `scan_output_axes` (0), each before the others
///   where the direction is 1.
/// - (C4) The body sees the values of the graphs around it.
/// - Source: onnx/onnx docs/Operators.md, Scan.
enum ScanEvaluator: Evaluator {
  static let name = "Scan"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    guard call.version >= 9 else {
      throw .unsupported("Scan-\(call.version), whose inputs begin with their lengths and a batch")
    }
    let body = try call.graph("body")
    let scanned = try call.int("num_scan_inputs")
    let stateCount = call.inputs.count - scanned
    let outputCount = body.outputs.count - stateCount
    guard scanned >= 1, stateCount >= 0, outputCount >= 0,
      body.inputs.count == call.inputs.count
    else { throw .invalid("the body of Scan does not fit its inputs") }
    var states: [Outcome] = []
    for position in 0..<stateCount { states.append(.passed(try call.value(position))) }
    let slices = try slices(call, from: stateCount, scanned)
    var collected = [[Outcome]](repeating: [], count: outputCount)
    for step in 0..<slices[0].count {
      let values = states.map(\.value) + slices.map { .tensor($0[step]) }
      let results = try call.subgraph(body, values)
      states = Array(results[..<stateCount])
      for scan in 0..<outputCount { collected[scan].append(results[stateCount + scan]) }
    }
    let directions = try list(call, "scan_output_directions", outputCount)
    let axes = try list(call, "scan_output_axes", outputCount)
    var outputs = states.map { slices[0].count > 1 ? $0.afterSeveralRuns : $0 }
    for (scan, elements) in collected.enumerated() {
      let ordered = directions[scan] == 1 ? elements.reversed() : elements
      let stacked = try LoopEvaluator.stacked(ordered, body.outputs[stateCount + scan])
      outputs.append(try moved(stacked, to: axes[scan], call))
    }
    return outputs
  }

  /// The slices of each scan input in the order in which the body meets them.
  private static func slices(
    _ call: Call, from first: Int, _ count: Int
  ) throws(EvaluationError) -> [[ExactTensor]] {
    let axes = try list(call, "scan_input_axes", count)
    let directions = try list(call, "scan_input_directions", count)
    var result: [[ExactTensor]] = []
    for scan in 0..<count {
      let x = try call.tensor(first + scan)
      let axis = try call.axis(axes[scan], rank: x.rank)
      var shape = x.shape
      shape.remove(at: axis)
      var parts: [ExactTensor] = []
      for place in 0..<x.shape[axis] {
        parts.append(try x.part(place..<(place + 1), of: axis).reshaped(shape))
      }
      result.append(directions[scan] == 1 ? parts.reversed() : parts)
    }
    guard result.allSatisfy({ $0.count == result[0].count }) else {
      throw .invalid("scan inputs of different lengths")
    }
    return result
  }

  /// A list of one number for each scan input or output; zeros where it is left out.
  private static func list(
    _ call: Call, _ name: String, _ count: Int
  ) throws(EvaluationError) -> [Int] {
    let list = try call.ints(name) ?? [Int](repeating: 0, count: count)
    guard list.count == count, name.hasSuffix("axes") || list.allSatisfy({ $0 == 0 || $0 == 1 })
    else { throw .invalid("\(name) \(list) for \(count) values") }
    return list
  }

  /// The outcome with its first axis in another place.
  private static func moved(
    _ stacked: Outcome, to place: Int, _ call: Call
  ) throws(EvaluationError) -> Outcome {
    guard case .tensor(let x) = stacked.value else { return stacked }
    let axis = try call.axis(place, rank: x.rank)
    guard axis > 0 else { return stacked }
    var shape = x.shape
    shape.insert(shape.removeFirst(), at: axis)
    var outcome = stacked
    outcome.value = .tensor(
      try x.moved(to: shape) { index in
        var source = index
        source.insert(source.remove(at: axis), at: 0)
        return source
      })
    return outcome
  }
}

extension Outcome {
  /// The last of several results that each follow from the one before, which a backend stores: its
  /// error is that of the whole chain, unless nothing was rounded.
  fileprivate var afterSeveralRuns: Outcome {
    var outcome = self
    if !isExact { outcome.rule = .composite }
    return outcome
  }
}
