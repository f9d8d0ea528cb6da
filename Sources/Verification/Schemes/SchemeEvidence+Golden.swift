import Spec
import Tensors

extension SchemeEvidence {
  /// Evidence from an observed tensor of the golden's type and shape.
  ///
  /// Nil where no scheme has a value to compare: strings, complex numbers, random values. Elements
  /// that the standard leaves open are left out. The golden of a quantised element is its lowest
  /// strict code, of several exact ones the one that was met.
  init?(_ tensor: Tensor, _ golden: GoldenTensor, mode: NumericMode) {
    guard tensor.type == golden.type, tensor.shape == golden.shape,
      let observed = Self.values(tensor),
      let expected = Self.values(golden, nearest: observed)
    else { return nil }
    let kept = golden.undefined.isEmpty ? nil : golden.undefined
    func defined<Element>(_ column: [Element]) -> [Element] {
      guard let kept, kept.count == column.count else { return column }
      return zip(column, kept).compactMap { $1 ? nil : $0 }
    }
    var (length, magnitude): (Int, [Double]) = (1, [])
    if case .accumulated(_, let side) = golden.columns {
      length = Int(side.height.max() ?? 1)
      if side.hasProducts { magnitude = defined(side.magnitude) }
    }
    self.init(
      observed: defined(observed), golden: defined(expected),
      low: defined(Self.low(golden)), type: tensor.type,
      accuracyClass: golden.columns.accuracyClass, length: length, magnitude: magnitude,
      mode: mode, differing: Self.differingCodes(tensor, golden, kept))
  }

  private static func values(_ tensor: Tensor) -> [Double]? {
    tensor.doubles ?? tensor.integers.map { $0.map { Double($0) } }
  }

  private static func values(_ golden: GoldenTensor, nearest observed: [Double]) -> [Double]? {
    switch golden.columns {
    case .exact(let tensor): values(tensor)
    case .oneOf(let tensors): matching(observed, tensors.compactMap(values))
    case .rounded(let column), .elementwise(let column, _), .accumulated(let column, _),
      .product(let column, _), .composite(let column, _), .model(let column, _, _):
      column.high
    case .quantised(let column): column.lowest
    case .selection(let column): column.indices.map { Double($0) }
    case .random: nil
    }
  }

  private static func low(_ golden: GoldenTensor) -> [Double] {
    switch golden.columns {
    case .rounded(let column), .elementwise(let column, _), .accumulated(let column, _),
      .product(let column, _), .composite(let column, _), .model(let column, _, _):
      column.low
    case .exact, .oneOf, .quantised, .selection, .random: []
    }
  }

  /// Per element the alternative that was met, else the first.
  private static func matching<Element: Equatable>(
    _ observed: [Element], _ alternatives: [[Element]]
  ) -> [Element]? {
    guard let first = alternatives.first else { return nil }
    return zip(observed, first).enumerated().map { position, pair in
      alternatives.contains { position < $0.count && $0[position] == pair.0 } ? pair.0 : pair.1
    }
  }

  /// Integers that differ, by code; nil for floats, whose values say it.
  private static func differingCodes(
    _ tensor: Tensor, _ golden: GoldenTensor, _ undefined: [Bool]?
  ) -> Int? {
    guard let observed = tensor.integers else { return nil }
    let expected: [Int128]? =
      switch golden.columns {
      case .exact(let tensor): tensor.integers
      case .oneOf(let tensors): matching(observed, tensors.compactMap(\.integers))
      case .selection(let column): column.indices.map { Int128($0) }
      case .rounded, .elementwise, .accumulated, .product, .composite, .model, .quantised, .random:
        nil
      }
    guard let expected else { return nil }
    return zip(observed, expected).enumerated().count { position, pair in
      pair.0 != pair.1 && !(undefined.map { position < $0.count && $0[position] } ?? false)
    }
  }
}
