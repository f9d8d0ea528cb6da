import Spec
import Tensors

/// Compares values of any kind with their goldens: structure here, tensors by their class.
struct ValueComparison {
  let context: JudgementContext

  /// The findings of all leaves of all outputs, in order.
  func findings(_ outputs: [Value], _ golden: [GoldenOutput]) throws(GoldenFault) -> [Findings] {
    var all: [Findings] = []
    if outputs.count != golden.count {
      all.append(
        .failed(
          .structure, .structure, "\(outputs.count) outputs in place of \(golden.count)"))
    }
    for (output, expected) in zip(outputs, golden) {
      all += try best(output, expected)
    }
    return all
  }

  /// One alternative holds for the whole output: the best one counts.
  private func best(_ value: Value, _ golden: GoldenOutput) throws(GoldenFault) -> [Findings] {
    var best: [Findings]?
    for alternative in golden.alternatives {
      let findings = try findings(value, alternative, golden.name)
      let rank = Self.rank(findings)
      if rank.stage == nil { return findings }
      if best.map({ Self.isBetter(rank, than: Self.rank($0)) }) ?? true { best = findings }
    }
    guard let best else { throw GoldenFault("output \(golden.name) has no alternative") }
    return best
  }

  private static func rank(_ findings: [Findings]) -> (stage: Stage?, wrong: Int) {
    let stage = findings.compactMap(\.firstDefect?.stage).min()
    return (stage, findings.reduce(0) { $0 + ($1.metrics?.wrong ?? 0) })
  }

  /// Failing later is better than failing earlier, then fewer wrong elements.
  private static func isBetter(
    _ a: (stage: Stage?, wrong: Int), than b: (stage: Stage?, wrong: Int)
  ) -> Bool {
    guard let stage = a.stage, let other = b.stage else { return a.stage == nil }
    return stage == other ? a.wrong < b.wrong : stage > other
  }

  private func findings(
    _ value: Value, _ golden: GoldenValue, _ name: String
  ) throws(GoldenFault) -> [Findings] {
    switch (value, golden) {
    case (.tensor(let tensor), .tensor(let expected)):
      return [try findings(tensor, expected, name)]
    case (.sequence(let values, let element), .sequence(let expected, let expectedElement)):
      guard element == expectedElement else {
        return [wrongType(name, value, .sequence(expectedElement))]
      }
      return try findings(values, expected, name)
    case (.optional(let content, let type), .optional(let expected, let expectedType)):
      guard type == expectedType else { return [wrongType(name, value, .optional(expectedType))] }
      return try findings(content, expected, name)
    case (.map(let keys, let values, let type), .map(let expectedKeys, let expected)):
      let expectedType = ValueType.tensor(expected.type)
      guard keys.type == expectedKeys.type, type == expectedType else {
        return [wrongType(name, value, .map(key: expectedKeys.type, value: expectedType))]
      }
      return try MapComparison(
        name: name, keys: keys, values: values, goldenKeys: expectedKeys, golden: expected,
        context: context
      ).findings()
    case (_, .undefined(let type, let shape)):
      return [undefinedFindings(value, type, shape, name)]
    case (_, .tensor(let expected)):
      return [wrongKind(name, value, .tensor(expected.type))]
    case (_, .sequence(_, let element)):
      return [wrongKind(name, value, .sequence(element))]
    case (_, .optional(_, let content)):
      return [wrongKind(name, value, .optional(content))]
    case (_, .map(let keys, let values)):
      return [wrongKind(name, value, .map(key: keys.type, value: .tensor(values.type)))]
    }
  }

  private func findings(
    _ tensor: Tensor, _ golden: GoldenTensor, _ name: String
  ) throws(GoldenFault) -> Findings {
    guard tensor.type == golden.type else {
      return wrongType(name, .tensor(tensor), .tensor(golden.type))
    }
    guard tensor.shape == golden.shape else { return wrongShape(name, tensor.shape, golden.shape) }
    return try TensorComparison(
      name: name, observed: tensor, golden: golden, context: context
    ).findings()
  }

  private func findings(
    _ values: [Value], _ golden: [GoldenValue], _ name: String
  ) throws(GoldenFault) -> [Findings] {
    var all: [Findings] = []
    if values.count != golden.count {
      all.append(
        .failed(
          .structure, .structure,
          "\(name) has \(values.count) elements in place of \(golden.count)"))
    }
    for (index, pair) in zip(values, golden).enumerated() {
      all += try findings(pair.0, pair.1, "\(name)[\(index)]")
    }
    return all
  }

  private func findings(
    _ value: Value?, _ golden: GoldenValue?, _ name: String
  ) throws(GoldenFault) -> [Findings] {
    switch (value, golden) {
    case (nil, nil): return []
    case (let value?, let golden?): return try findings(value, golden, name)
    case (nil, _):
      return [.failed(.structure, .structure, "\(name) is empty where a value must stand")]
    case (_, nil):
      return [.failed(.structure, .structure, "\(name) holds a value where it must be empty")]
    }
  }

  private func undefinedFindings(
    _ value: Value, _ type: ValueType, _ shape: Shape?, _ name: String
  ) -> Findings {
    guard value.type == type else {
      return Self.kind(of: value.type) == Self.kind(of: type)
        ? wrongType(name, value, type) : wrongKind(name, value, type)
    }
    if let shape, let tensor = value.tensor, tensor.shape != shape {
      return wrongShape(name, tensor.shape, shape)
    }
    return Findings()
  }

  private static func kind(of type: ValueType) -> String {
    switch type {
    case .tensor: "tensor"
    case .sequence: "sequence"
    case .optional: "optional"
    case .map: "map"
    }
  }

  private func wrongKind(_ name: String, _ value: Value, _ type: ValueType) -> Findings {
    .failed(
      .structure, .structure,
      "\(name) is a \(Self.kind(of: value.type)), not a \(Self.kind(of: type))")
  }

  private func wrongType(_ name: String, _ value: Value, _ type: ValueType) -> Findings {
    .failed(.type, .type, "\(name) has the type \(value.type), not \(type)")
  }

  private func wrongShape(_ name: String, _ shape: Shape, _ golden: Shape) -> Findings {
    .failed(.shape, .shape, "\(name) has the shape \(shape), not \(golden)")
  }
}
