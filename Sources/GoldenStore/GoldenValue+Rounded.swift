import NumericFormats
package import Spec
package import Tensors

extension GoldenValue {
  /// The golden rounded once to its output type; nil where the standard leaves the value open.
  package var rounded: Value? {
    switch self {
    case .tensor(let tensor): tensor.rounded.map { .tensor($0) }
    case .sequence(let values, let element):
      values.allRounded.map { .sequence($0, element: element) }
    case .optional(let content, let type):
      if let content {
        content.rounded.map { .optional($0, content: type) }
      } else {
        .optional(nil, content: type)
      }
    case .map(let keys, let values): values.rounded.flatMap { .map(keys: keys, column: $0) }
    case .undefined: nil
    }
  }
}

extension [GoldenValue] {
  fileprivate var allRounded: [Value]? {
    let values = compactMap(\.rounded)
    return values.count == count ? values : nil
  }
}

extension GoldenTensor {
  fileprivate var rounded: Tensor? {
    switch columns {
    case .exact(let tensor): tensor
    case .oneOf(let tensors): tensors.first
    case .rounded(let reals), .elementwise(let reals, _), .accumulated(let reals, _),
      .product(let reals, _), .composite(let reals, _), .model(let reals, _, _):
      rounded(reals)
    case .quantised(let column):
      type.isFloat
        ? Tensor(type: type, shape: shape, rounding: column.lowest)
        : Tensor(type: type, shape: shape, wrapping: column.lowest.map { Int128($0) })
    case .selection(let column):
      Tensor(type: type, shape: shape, wrapping: column.indices.map { Int128($0) })
    case .random: nil
    }
  }

  private func rounded(_ reals: RealColumn) -> Tensor? {
    guard let format = type.floatFormat else { return nil }
    let codes = reals.high.indices.map { position in
      format.encode(
        high: reals.high[position], low: reals.low.isEmpty ? 0 : reals.low[position])
    }
    return Tensor(type: type, shape: shape, codes: codes)
  }
}
