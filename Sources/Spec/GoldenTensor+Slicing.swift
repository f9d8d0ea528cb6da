package import Tensors

extension GoldenTensor {
  /// The golden of a part of the tensor; nil where the part does not lie inside, or the class
  /// belongs to the tensor as a whole.
  package func sliced(_ slice: TensorSlice) -> GoldenTensor? {
    guard let part = slice.shape(of: shape), let positions = slice.positions(in: shape),
      let columns = columns.taking(positions, slice)
    else { return nil }
    return GoldenTensor(
      type: type, shape: part, columns: columns, signedZero: signedZero,
      undefined: undefined.taking(positions), required: required)
  }
}

extension GoldenColumns {
  fileprivate func taking(_ positions: [Int], _ slice: TensorSlice) -> GoldenColumns? {
    switch self {
    case .exact(let tensor): tensor.sliced(slice).map { .exact($0) }
    case .model(let reals, let side, let rule):
      .model(
        RealColumn(high: reals.high.taking(positions), low: reals.low.taking(positions)),
        Sensitivity(
          compute: side.compute.taking(positions), accumulate: side.accumulate.taking(positions),
          storage: side.storage.taking(positions), input: side.input.taking(positions),
          truncation: side.truncation.taking(positions)), rule)
    case .oneOf, .rounded, .elementwise, .accumulated, .product, .composite, .quantised,
      .selection, .random:
      nil
    }
  }
}

extension Array {
  /// The elements at the positions; empty for a column that is left out.
  fileprivate func taking(_ positions: [Int]) -> [Element] {
    isEmpty ? [] : positions.compactMap { $0 < count ? self[$0] : nil }
  }
}
