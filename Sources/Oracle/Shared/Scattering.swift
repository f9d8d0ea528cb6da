import ExtendedArithmetic
import Spec
import Tensors

/// Updates written to, or combined with, elements of a copy of the data (register A17).
struct Scattering {
  let data: ExactTensor
  let updates: ExactTensor
  /// The updates that go to each position of the data, in order.
  private let writers: [Int: [Int]]

  /// `targets`: the position in the data of each update.
  init(data: ExactTensor, updates: ExactTensor, targets: [Int]) {
    (self.data, self.updates) = (data, updates)
    var writers: [Int: [Int]] = [:]
    for (update, target) in targets.enumerated() { writers[target, default: []].append(update) }
    self.writers = writers
  }

  /// The result under `none`, `add`, `mul`, `max` or `min`; any other word is invalid.
  func outcome(_ reduction: String) throws(EvaluationError) -> Outcome {
    switch reduction {
    case "none": return try replaced()
    case "add": return try added()
    case "mul": return try multiplied()
    case "max": return try extreme({ Swift.max($0, $1) }, { $0.maximum })
    case "min": return try extreme({ Swift.min($0, $1) }, { $0.minimum })
    default: throw .invalid("no reduction \"\(reduction)\"")
    }
  }

  private func replaced() throws(EvaluationError) -> Outcome {
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

  private func added() throws(EvaluationError) -> Outcome {
    if data.isIntegral { return try folded { $0 &+ $1 } }
    let (values, terms) = (try data.reals(), try updates.reals())
    var output = AccumulatedTensor(hasProducts: false)
    for position in values.indices {
      let added = (writers[position] ?? []).map { terms[$0] }
      output.append(ExactSum([values[position]] + added), height: added.count)
    }
    return output.outcome(data.type, data.shape)
  }

  private func multiplied() throws(EvaluationError) -> Outcome {
    if data.isIntegral { return try folded { $0 &* $1 } }
    let (values, factors) = (try data.reals(), try updates.reals())
    var products = ProductTensor()
    for position in values.indices {
      products.append([values[position]] + (writers[position] ?? []).map { factors[$0] })
    }
    return products.outcome(data.type, data.shape)
  }

  private func extreme(
    _ integers: (Int128, Int128) -> Int128, _ reals: ([DoubleDouble]) -> DoubleDouble
  ) throws(EvaluationError) -> Outcome {
    if data.isIntegral { return try folded(integers) }
    let (values, candidates) = (try data.reals(), try updates.reals())
    let results = values.indices.map { position in
      reals([values[position]] + (writers[position] ?? []).map { candidates[$0] })
    }
    return .exact(ExactTensor(data.type, data.shape, reals: results), signedZero: false)
  }

  private func folded(
    _ fold: (Int128, Int128) -> Int128
  ) throws(EvaluationError) -> Outcome {
    let (values, terms) = (try data.integers(), try updates.integers())
    let results = values.indices.map { position in
      (writers[position] ?? []).map { terms[$0] }.reduce(values[position], fold)
    }
    return .exact(try ExactTensor(data.type, data.shape, integers: results).wrapped())
  }
}
