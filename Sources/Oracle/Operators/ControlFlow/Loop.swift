import ModelFormat
import Tensors

/// A subgraph run repeatedly, with values carried from trip to trip and values collected over trips.
///
/// - (C1) It stops after M trips, or when the condition is false before a trip; either may be absent.
/// - (C2) The body takes the trip number, the condition and the carried values; it gives the
///   condition, the carried values and one element of every scan output.
/// - (C3) Scan outputs are the elements of all trips stacked along a new first axis.
/// - Source: onnx/onnx docs/Operators.md, Loop.
enum LoopEvaluator: Evaluator {
  static let name = "Loop"

  /// More trips than any case needs; a model beyond it is not evaluated.
  private static let tripLimit = 1 << 20

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let body = try call.graph("body")
    let limit = try call.optionalTensor(0)?.ints().first
    var isGoing = try call.optionalTensor(1)?.integers().first.map { $0 != 0 } ?? true
    var carried: [Outcome] = []
    for position in 2..<Swift.max(2, call.inputs.count) {
      carried.append(Outcome(try call.value(position), .exact))
    }
    let scanCount = body.outputs.count - 1 - carried.count
    guard scanCount >= 0, body.inputs.count == carried.count + 2 else {
      throw .invalid("the body of Loop does not fit its carried values")
    }
    var collected = [[Outcome]](repeating: [], count: scanCount)
    var trip = 0
    while isGoing, limit.map({ trip < $0 }) ?? true {
      guard trip < tripLimit else { throw .unsupported("a Loop of more than \(tripLimit) trips") }
      let count = ExactValue.tensor(ExactTensor(.i64, [], integers: [Int128(trip)]))
      let condition = ExactValue.tensor(ExactTensor([], bools: [true]))
      let results = try call.subgraph(body, [count, condition] + carried.map(\.value))
      guard case .tensor(let next) = results[0].value, next.count == 1 else {
        throw .invalid("the condition of Loop's body is not one bool")
      }
      isGoing = try next.integers().first != 0
      carried = Array(results[1..<(1 + carried.count)])
      for scan in 0..<scanCount { collected[scan].append(results[1 + carried.count + scan]) }
      trip += 1
    }
    var scans: [Outcome] = []
    for (position, elements) in collected.enumerated() {
      scans.append(try stacked(elements, body.outputs[1 + carried.count + position]))
    }
    return carried + scans
  }

  /// The elements of a scan output stacked along a new first axis.
  static func stacked(
    _ elements: [Outcome], _ info: ValueInfo
  ) throws(EvaluationError) -> Outcome {
    guard let first = elements.first else { return try empty(info) }
    var tensors: [ExactTensor] = []
    for element in elements {
      guard case .tensor(let tensor) = element.value else {
        throw .invalid("a scan output is not a tensor")
      }
      tensors.append(tensor)
    }
    guard tensors.allSatisfy({ $0.shape == tensors[0].shape }) else {
      throw .invalid("the elements of a scan output differ in shape")
    }
    let joined = try ExactTensor.joined(tensors)
    var outcome = first
    outcome.value = .tensor(try joined.reshaped([tensors.count] + tensors[0].shape))
    if !outcome.isExact { outcome.rule = .composite }
    return outcome
  }

  /// No trips: the declared shape of the element tells the rest (register A31).
  private static func empty(_ info: ValueInfo) throws(EvaluationError) -> Outcome {
    guard case .tensor(let type)? = info.type, let dimensions = info.shape else {
      throw .unsupported("a scan output of no trips without a declared shape")
    }
    let shape = [0] + dimensions.map { if case .fixed(let size) = $0 { size } else { 0 } }
    guard
      let tensor = Tensor(type: type, shape: shape, bytes: []) ?? Tensor(shape: shape, strings: [])
    else { throw .unsupported("a scan output of no trips") }
    return .exact(ExactTensor(tensor))
  }
}

extension Outcome {
  /// Whether the outcome is class X.
  var isExact: Bool {
    if case .exact = rule { true } else { false }
  }
}
