import NumericFormats
import Spec
import Tensors
import Verification

/// The golden of a case in which the standard's body stands for a node: the values of the node, with
/// the bounds of the body.
struct BodyGolden {
  /// Two evaluations in double-double differ by far less than this share of a value.
  private static let noise = 0x1p-48
  /// Beneath this size double-double has no second part.
  private static let floor = 0x1p-1070

  /// Whether the body rounds or approximates where the text about the operator does not: then values
  /// may differ by half of what the bound of the body allows.
  let approximates: Bool
  /// Whether a result inside of the body lies outside of the normal range of its type. Then the body
  /// may be infinite where the node is not, and the element is open.
  let leavesRange: Bool

  /// - Throws: `BodyMismatch` naming the first element in which body and node differ.
  func merged(_ node: Golden, _ body: Golden) throws(BodyMismatch) -> Golden {
    var golden = Golden(outputs: try merged(node.outputs, body.outputs))
    if node.flushedOutputs != nil || body.flushedOutputs != nil {
      golden.flushedOutputs = try merged(
        node.flushedOutputs ?? node.outputs, body.flushedOutputs ?? body.outputs)
    }
    return golden
  }

  private func merged(
    _ node: [GoldenOutput], _ body: [GoldenOutput]
  ) throws(BodyMismatch) -> [GoldenOutput] {
    guard node.count == body.count else {
      throw BodyMismatch("\(node.count) outputs, the body has \(body.count)")
    }
    var outputs: [GoldenOutput] = []
    for (own, other) in zip(node, body) {
      guard let value = own.alternatives.first, let computed = other.alternatives.first else {
        throw BodyMismatch("the output \(own.name) has no value")
      }
      var output = own
      output.alternatives = [try merged(value, computed, own.name)] + own.alternatives.dropFirst()
      outputs.append(output)
    }
    return outputs
  }

  private func merged(
    _ node: GoldenValue, _ body: GoldenValue, _ name: String
  ) throws(BodyMismatch) -> GoldenValue {
    switch (node, body) {
    case (.tensor(let own), .tensor(let other)):
      return .tensor(try merged(own, other, name))
    case (.sequence(let own, let element), .sequence(let others, _)) where own.count == others.count:
      var values: [GoldenValue] = []
      for (position, pair) in zip(own, others).enumerated() {
        values.append(try merged(pair.0, pair.1, "\(name)[\(position)]"))
      }
      return .sequence(values, element: element)
    case (.optional(let own?, let content), .optional(let other?, _)):
      return .optional(try merged(own, other, name), content: content)
    case (.optional(nil, _), .optional(nil, _)), (.undefined, _): return node
    case (_, .undefined): return body
    case (.map(let keys, let own), .map(let others, let other)) where keys == others:
      return .map(keys: keys, values: try merged(own, other, name))
    case (.tensor, _), (.sequence, _), (.optional, _), (.map, _):
      throw BodyMismatch("\(name) is of another kind in the body")
    }
  }

  private func merged(
    _ node: GoldenTensor, _ body: GoldenTensor, _ name: String
  ) throws(BodyMismatch) -> GoldenTensor {
    guard node.type == body.type, node.shape == body.shape else {
      throw BodyMismatch(
        "\(name) is \(node.type.name)\(node.shape), in the body \(body.type.name)\(body.shape)")
    }
    var tensor = node
    tensor.undefined = Self.either(node.undefined, body.undefined)
    tensor.required = body.required
    tensor.signedZero = node.signedZero && body.signedZero
    if let reals = body.columns.reals {
      guard let values = node.columns.reals ?? node.exactReals else { return tensor }
      try compare(values, reals, &tensor, body.columns.sensitivity, name)
      tensor.columns = body.columns.withReals(values)
    } else if case .exact(let own) = node.columns, case .exact(let other) = body.columns {
      try compare(own, other, tensor, name)
    } else if let own = node.columns.reals, let other = body.exactReals {
      try compare(own, other, &tensor, nil, name)
    }
    return tensor
  }

  private static func either(_ a: [Bool], _ b: [Bool]) -> [Bool] {
    a.isEmpty ? b : b.isEmpty ? a : zip(a, b).map { $0 || $1 }
  }

  private func compare(
    _ node: RealColumn, _ body: RealColumn, _ tensor: inout GoldenTensor, _ side: Sensitivity?,
    _ name: String
  ) throws(BodyMismatch) {
    guard node.high.count == body.high.count else { throw BodyMismatch("\(name): torn columns") }
    let unit = tensor.type.floatFormat?.unitRoundoff ?? 0
    for position in node.high.indices where !tensor.isOpen(position) {
      let (a, b) = (node.high[position], body.high[position])
      if a == b || a.isNaN && b.isNaN { continue }
      if leavesRange, a.isFinite, !b.isFinite {
        tensor.open(position)
        continue
      }
      let spread = side?.spread(at: position) ?? 0
      let noise = Self.noise * (abs(a) + spread) + Self.floor
      let rounding =
        unit * (CompositeLimit.deviations * spread + CompositeLimit.relativeUnits * abs(a)) / 2
      let limit = approximates ? max(noise, rounding) : noise
      guard abs(a - b) <= limit else {
        throw BodyMismatch("\(name), element \(position): the node gives \(a), its body \(b)")
      }
    }
  }

  private func compare(
    _ node: Tensor, _ body: Tensor, _ tensor: GoldenTensor, _ name: String
  ) throws(BodyMismatch) {
    guard node != body else { return }
    if node.strings != body.strings { throw BodyMismatch("\(name): other texts in the body") }
    let format = tensor.type.floatFormat
    for (position, codes) in zip(node.codes, body.codes).enumerated()
    where codes.0 != codes.1 && !tensor.isOpen(position) {
      if let format {
        let (a, b) = (format.decode(codes.0), format.decode(codes.1))
        if a.isNaN && b.isNaN || a == b && (a != 0 || !tensor.signedZero) { continue }
        throw BodyMismatch("\(name), element \(position): the node gives \(a), its body \(b)")
      }
      throw BodyMismatch(
        "\(name), element \(position): the node gives code \(codes.0), its body \(codes.1)")
    }
  }
}

/// Where a body computes something else than its node.
struct BodyMismatch: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

extension GoldenTensor {
  /// Leaves the value of an element open.
  mutating func open(_ position: Int) {
    if undefined.isEmpty {
      undefined = [Bool](repeating: false, count: shape.elementCount ?? 0)
    }
    if undefined.indices.contains(position) { undefined[position] = true }
  }

  func isOpen(_ position: Int) -> Bool {
    undefined.indices.contains(position) && undefined[position]
  }

  /// The values of an exact float tensor.
  fileprivate var exactReals: RealColumn? {
    guard case .exact(let tensor) = columns, let format = type.floatFormat else { return nil }
    return RealColumn(
      high: tensor.codes.map { format.decode($0) },
      low: type == .f64 ? [Double](repeating: 0, count: tensor.codes.count) : [])
  }
}

extension GoldenColumns {
  fileprivate var reals: RealColumn? {
    switch self {
    case .rounded(let reals), .elementwise(let reals, _), .accumulated(let reals, _),
      .product(let reals, _), .composite(let reals, _), .model(let reals, _, _):
      reals
    case .exact, .oneOf, .quantised, .selection, .random: nil
    }
  }

  fileprivate var sensitivity: Sensitivity? {
    switch self {
    case .composite(_, let side), .model(_, let side, _): side
    case .exact, .oneOf, .rounded, .elementwise, .accumulated, .product, .quantised, .selection,
      .random:
      nil
    }
  }

  fileprivate func withReals(_ reals: RealColumn) -> GoldenColumns {
    switch self {
    case .rounded: .rounded(reals)
    case .elementwise(_, let budget): .elementwise(reals, budget)
    case .accumulated(_, let side): .accumulated(reals, side)
    case .product(_, let range): .product(reals, range)
    case .composite(_, let side): .composite(reals, side)
    case .model(_, let side, let rule): .model(reals, side, rule)
    case .exact, .oneOf, .quantised, .selection, .random: self
    }
  }
}

extension Sensitivity {
  /// σ per unit round-off where every source rounds.
  fileprivate func spread(at position: Int) -> Double {
    let squares = [compute, accumulate, storage, input].map { column in
      position < column.count ? Double(column[position]) * Double(column[position]) : 0
    }
    return squares.reduce(0, +).squareRoot()
  }
}
