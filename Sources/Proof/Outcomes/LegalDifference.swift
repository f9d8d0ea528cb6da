import Spec
import Tensors

/// Compares a variant's outputs with the plain ones, both of which pass, and says whether the
/// case's own golden declares every difference legal.
///
/// Being within an error bound is not a declaration: a fault that stays inside is a survivor.
struct LegalDifference {
  private var reasons: Set<OpenReason> = []

  /// Why the difference is open; nil as soon as one element differs in any other way.
  static func reasons(
    plain: [Value], changed: [Value], golden: [GoldenOutput]
  ) -> Set<OpenReason>? {
    guard plain.count == changed.count, plain.count == golden.count else { return nil }
    var difference = LegalDifference()
    for ((plain, changed), golden) in zip(zip(plain, changed), golden) where plain != changed {
      guard difference.isLegal(plain, changed, golden) else { return nil }
    }
    return difference.reasons.isEmpty ? nil : difference.reasons
  }

  private mutating func isLegal(_ plain: Value, _ changed: Value, _ golden: GoldenOutput) -> Bool {
    if golden.alternatives.count > 1 {
      guard golden.alternatives.allSatisfy(\.isExact) else {
        // With a bound of its own an alternative would excuse whatever stays within that bound;
        // what every one of them leaves open is open all the same.
        for alternative in golden.alternatives {
          guard isLegal(plain, changed, alternative) else { return false }
        }
        return true
      }
      reasons.insert(.alternatives)
      return true
    }
    return golden.alternatives.first.map { isLegal(plain, changed, $0) } ?? false
  }

  private mutating func isLegal(_ plain: Value, _ changed: Value, _ golden: GoldenValue) -> Bool {
    switch (plain, changed, golden) {
    case (_, _, .undefined):
      reasons.insert(.undefined)
      return true
    case (.tensor(let a), .tensor(let b), .tensor(let golden)):
      return isLegal(a, b, golden)
    case (.sequence(let a, _), .sequence(let b, _), .sequence(let golden, _)):
      guard a.count == b.count, a.count == golden.count else { return false }
      for index in a.indices where a[index] != b[index] {
        guard isLegal(a[index], b[index], golden[index]) else { return false }
      }
      return true
    case (.optional(let a?, _), .optional(let b?, _), .optional(let golden?, _)):
      return isLegal(a, b, golden)
    case (.map, .map, .map(let keys, let golden)):
      guard let a = plain.column(orderedLike: keys), let b = changed.column(orderedLike: keys)
      else { return false }
      return isLegal(a, b, golden)
    case (_, _, .tensor), (_, _, .sequence), (_, _, .optional), (_, _, .map): return false
    }
  }

  private mutating func isLegal(_ plain: Tensor, _ changed: Tensor, _ golden: GoldenTensor) -> Bool
  {
    guard plain.type == changed.type, plain.shape == changed.shape, plain.shape == golden.shape
    else { return false }
    if case .random = golden.columns {
      reasons.insert(.sample)
      return true
    }
    if plain.type == .string { return isLegal(strings: plain.strings, changed.strings, golden) }
    let (a, b) = (plain.codes, changed.codes)
    guard a.count == b.count else { return false }
    let before = golden.type.isFloat ? plain.doubles : nil
    let after = golden.type.isFloat ? changed.doubles : nil
    for position in a.indices where a[position] != b[position] {
      let reason = reason(at: position, before?[position], after?[position], golden)
      guard let reason else { return false }
      reasons.insert(reason)
    }
    return true
  }

  private mutating func isLegal(strings a: [String], _ b: [String], _ golden: GoldenTensor) -> Bool
  {
    for position in a.indices where !a[position].utf8.elementsEqual(b[position].utf8) {
      guard let reason = reason(at: position, nil, nil, golden) else { return false }
      reasons.insert(reason)
    }
    return true
  }

  private func reason(
    at position: Int, _ plain: Double?, _ changed: Double?, _ golden: GoldenTensor
  ) -> OpenReason? {
    if golden.undefined.indices.contains(position), golden.undefined[position] {
      return .undefined
    }
    if let plain, let changed {
      if plain.isNaN, changed.isNaN { return .nanPayload }
      if plain == 0, changed == 0, !golden.signedZero { return .zeroSign }
    }
    switch golden.columns {
    // The variant passes, so that its element is one of those listed.
    case .oneOf: return .alternatives
    case .selection(let column):
      let groups = column.tieGroup
      return groups.indices.contains(position) && groups[position] != 0 ? .tieGroup : nil
    case .exact, .rounded, .elementwise, .accumulated, .product, .composite, .model, .quantised,
      .random:
      return nil
    }
  }
}

extension GoldenValue {
  /// Whether every element is judged by equality.
  fileprivate var isExact: Bool {
    switch self {
    case .tensor(let tensor): tensor.columns.accuracyClass == .exact
    case .sequence(let values, _): values.allSatisfy(\.isExact)
    case .optional(let content, _): content?.isExact ?? true
    case .map(_, let values): values.columns.accuracyClass == .exact
    case .undefined: true
    }
  }
}
