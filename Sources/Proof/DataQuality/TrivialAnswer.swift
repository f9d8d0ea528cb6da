import Cases
import GoldenStore
import Spec
import Tensors

/// Outputs of the right structure that nobody had to compute.
struct TrivialAnswer {
  let golden: Golden

  /// Every element the given number; nil where the types have no such value.
  func filled(_ number: Double) -> [Value]? {
    answer { Self.filled(type: $0.type, shape: $0.shape, number) }
  }

  /// Every tensor its mean.
  var means: [Value]? {
    answer { tensor in
      Self.filled(type: tensor.type, shape: tensor.shape, Self.mean(of: tensor) ?? 0)
    }
  }

  /// One over the extent of the last axis; nil where there is no floating-point tensor with one.
  var uniform: [Value]? {
    guard leaves.contains(where: { $0.type.isFloat && ($0.shape.last ?? 1) > 1 }) else {
      return nil
    }
    return answer {
      Self.filled(type: $0.type, shape: $0.shape, 1 / Double(max(1, $0.shape.last ?? 1)))
    }
  }

  /// For each input, it in place of every output; only where type and shape permit.
  func copies(of inputs: [Value]) -> [[Value]] {
    inputs.compactMap { input in
      guard let tensor = input.tensor else { return nil }
      return answer { $0.type == tensor.type && $0.shape == tensor.shape ? tensor : nil }
    }
  }

  /// The tensors of the first alternative of each output, in order.
  var leaves: [GoldenTensor] {
    golden.outputs.flatMap { $0.alternatives.first.map(Self.leaves) ?? [] }
  }

  private static func leaves(_ value: GoldenValue) -> [GoldenTensor] {
    switch value {
    case .tensor(let tensor), .map(_, let tensor): [tensor]
    case .sequence(let values, _): values.flatMap(leaves)
    case .optional(let content, _): content.map(leaves) ?? []
    case .undefined: []
    }
  }

  private func answer(_ make: (GoldenTensor) -> Tensor?) -> [Value]? {
    var values: [Value] = []
    for output in golden.outputs {
      guard let value = output.alternatives.first.flatMap({ Self.value($0, make) }) else {
        return nil
      }
      values.append(value)
    }
    return values
  }

  private static func value(_ golden: GoldenValue, _ make: (GoldenTensor) -> Tensor?) -> Value? {
    switch golden {
    case .tensor(let tensor): return make(tensor).map { .tensor($0) }
    case .sequence(let values, let element):
      let made = values.compactMap { value($0, make) }
      return made.count == values.count ? .sequence(made, element: element) : nil
    case .optional(let content, let type):
      guard let content else { return .optional(nil, content: type) }
      return value(content, make).map { .optional($0, content: type) }
    case .map(let keys, let values):
      return make(values).flatMap { .map(keys: keys, column: $0) }
    case .undefined(let type, let shape):
      guard case .tensor(let element) = type else { return nil }
      return filled(type: element, shape: shape ?? [], 0).map { .tensor($0) }
    }
  }

  private static func filled(type: ElementType, shape: Shape, _ number: Double) -> Tensor? {
    guard let count = shape.elementCount else { return nil }
    switch type.meaning {
    case .string: return Tensor(shape: shape, strings: Array(repeating: "", count: count))
    case .bool:
      return Tensor(
        type: type, shape: shape, codes: Array(repeating: number < 0.5 ? 0 : 1, count: count))
    case .integer:
      return Tensor(
        type: type, shape: shape,
        wrapping: Array(repeating: Int128(number.rounded()), count: count))
    case .float:
      return Tensor(type: type, shape: shape, rounding: Array(repeating: number, count: count))
    case .complex:
      guard number == 0, let bytes = type.byteCount(of: count) else { return nil }
      return Tensor(type: type, shape: shape, bytes: Array(repeating: 0, count: bytes))
    }
  }

  /// The mean of the finite right values; nil without any.
  private static func mean(of golden: GoldenTensor) -> Double? {
    if case .random(let distribution) = golden.columns {
      switch distribution {
      case .uniform(let low, let high): return low / 2 + high / 2
      case .normal(let mean, _): return mean
      case .bernoulli(let probabilities):
        return probabilities.reduce(0, +) / Double(max(1, probabilities.count))
      case .categorical(let probabilities, let classes):
        let rows = max(1, probabilities.count / max(1, classes))
        return probabilities.indices.reduce(0) {
          $0 + Double($1 % max(1, classes)) * probabilities[$1] / Double(rows)
        }
      }
    }
    guard let tensor = GoldenValue.tensor(golden).rounded?.tensor else { return nil }
    let values = (tensor.doubles ?? tensor.integers?.map { Double($0) } ?? []).filter(\.isFinite)
    guard !values.isEmpty else { return nil }
    // Scaled first: the sum of the largest values would overflow.
    return values.reduce(0) { $0 + $1 / Double(values.count) }
  }
}
