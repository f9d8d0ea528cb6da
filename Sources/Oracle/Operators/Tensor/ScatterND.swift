import ExtendedArithmetic
import Spec
import Tensors

/// A copy of the data with slices replaced by, or reduced with, updates.
///
///     output = data;  for every index tuple i:  output[indices[i]] ⊕= updates[i]
///
/// - (C1) The last axis of the indices holds tuples of at most the data's rank.
/// - (C2) `reduction`: none (from 11), add and mul (from 16), max and min (from 18).
/// - (C3) With `none`, a slice named twice holds either update (register A17).
/// - Source: onnx/onnx docs/Operators.md, ScatterND.
enum ScatterNDEvaluator: Evaluator {
  static let name = "ScatterND"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (data, updates) = (try call.tensor(0), try call.tensor(2))
    let targets = try targets(call, data.shape, updates.shape)
    guard targets.count == updates.count else { throw .invalid("updates do not fit the indices") }
    let reduction = try call.string("reduction", default: "none")
    var writers: [Int: [Int]] = [:]
    for (update, target) in targets.enumerated() { writers[target, default: []].append(update) }
    switch reduction {
    case "none": return [try replaced(data, updates, writers)]
    case "add": return [try added(data, updates, writers)]
    case "mul": return [try multiplied(data, updates, writers)]
    case "max":
      return [try extreme(data, updates, writers, { Swift.max($0, $1) }, { $0.maximum })]
    case "min":
      return [try extreme(data, updates, writers, { Swift.min($0, $1) }, { $0.minimum })]
    default: throw .invalid("ScatterND knows no reduction \"\(reduction)\"")
    }
  }

  /// The data position that each element of the updates is written to.
  private static func targets(
    _ call: Call, _ shape: Shape, _ updates: Shape
  ) throws(EvaluationError) -> [Int] {
    let indices = try call.tensor(1)
    guard let depth = indices.shape.last, depth >= 1, depth <= shape.count else {
      throw .invalid("index tuples of length \(indices.shape.last ?? 0) for rank \(shape.count)")
    }
    guard updates == Shape(indices.shape.dropLast()) + Shape(shape[depth...]) else {
      throw .invalid("updates of shape \(updates) do not fit indices and data")
    }
    let values = try indices.ints()
    let slice = shape[depth...].reduce(1, *)
    let strides = shape.rowMajorStrides
    var targets: [Int] = []
    for start in stride(from: 0, to: values.count, by: depth) {
      var base = 0
      for axis in 0..<depth {
        base += strides[axis] * (try call.position(values[start + axis], length: shape[axis]))
      }
      targets += (0..<slice).map { base + $0 }
    }
    return targets
  }

  private static func replaced(
    _ data: ExactTensor, _ updates: ExactTensor, _ writers: [Int: [Int]]
  ) throws(EvaluationError) -> Outcome {
    let both = try ExactTensor.joined([data, updates])
    let most = writers.values.map(\.count).max() ?? 0
    var choices: [ExactTensor] = []
    for choice in 0..<Swift.max(1, most) {
      let positions = (0..<data.count).map { position in
        guard let candidates = writers[position] else { return position }
        return data.count + candidates[Swift.min(choice, candidates.count - 1)]
      }
      choices.append(try both.gathered(positions, shape: data.shape))
    }
    var outcome = Outcome.exact(choices[0])
    if choices.count > 1 { outcome.rule = .oneOf(Array(choices.dropFirst())) }
    return outcome
  }

  private static func added(
    _ data: ExactTensor, _ updates: ExactTensor, _ writers: [Int: [Int]]
  ) throws(EvaluationError) -> Outcome {
    if data.isIntegral { return try folded(data, updates, writers) { $0 &+ $1 } }
    let (values, terms) = (try data.reals(), try updates.reals())
    var output = AccumulatedTensor(hasProducts: false)
    for position in values.indices {
      let added = (writers[position] ?? []).map { terms[$0] }
      output.append(ExactSum([values[position]] + added), height: added.count)
    }
    return output.outcome(data.type, data.shape)
  }

  private static func multiplied(
    _ data: ExactTensor, _ updates: ExactTensor, _ writers: [Int: [Int]]
  ) throws(EvaluationError) -> Outcome {
    if data.isIntegral { return try folded(data, updates, writers) { $0 &* $1 } }
    let (values, factors) = (try data.reals(), try updates.reals())
    var products = ProductTensor()
    for position in values.indices {
      products.append([values[position]] + (writers[position] ?? []).map { factors[$0] })
    }
    return products.outcome(data.type, data.shape)
  }

  private static func extreme(
    _ data: ExactTensor, _ updates: ExactTensor, _ writers: [Int: [Int]],
    _ integers: (Int128, Int128) -> Int128, _ reals: ([DoubleDouble]) -> DoubleDouble
  ) throws(EvaluationError) -> Outcome {
    if data.isIntegral { return try folded(data, updates, writers, integers) }
    let (values, candidates) = (try data.reals(), try updates.reals())
    let results = values.indices.map { position in
      reals([values[position]] + (writers[position] ?? []).map { candidates[$0] })
    }
    return .exact(ExactTensor(data.type, data.shape, reals: results), signedZero: false)
  }

  private static func folded(
    _ data: ExactTensor, _ updates: ExactTensor, _ writers: [Int: [Int]],
    _ fold: (Int128, Int128) -> Int128
  ) throws(EvaluationError) -> Outcome {
    let (values, terms) = (try data.integers(), try updates.integers())
    let results = values.indices.map { position in
      (writers[position] ?? []).map { terms[$0] }.reduce(values[position], fold)
    }
    return .exact(try ExactTensor(data.type, data.shape, integers: results).wrapped())
  }
}
