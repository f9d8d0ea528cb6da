import NumericFormats
package import Spec
package import Tensors

/// One observed tensor beside its golden, as the schemes of other suites look at it.
///
/// Both columns have the same length. Integers beyond 2^53 are rounded in them; whether elements
/// are equal is counted from the codes.
package struct SchemeEvidence: Hashable, Sendable {
  package let type: ElementType
  package let accuracyClass: AccuracyClass
  package let observed: [Double]
  /// Exact results, not rounded to the type.
  package let golden: [Double]
  /// The goldens rounded once to the type: what a suite that stores outputs would have stored.
  package let reference: [Double]
  /// K: terms of the longest sum, the bias included; 1 outside of class D.
  package let length: Int
  /// S of each element, for dot products only; else empty.
  package let magnitude: [Double]
  /// Precision that inputs of products keep in the declared mode; nil: the type's own.
  package let inputPrecision: Int?
  /// Precision of the outermost level of the accumulator; nil: the default.
  package let accumulatorPrecision: Int?
  /// Elements that are not the reference; any NaN is a NaN, and zeros are equal.
  package let differing: Int

  /// Evidence from values, of which integers must be exact in binary64.
  package init(
    observed: [Double], golden: [Double], type: ElementType, accuracyClass: AccuracyClass,
    length: Int = 1, magnitude: [Double] = [], mode: NumericMode = .strict
  ) {
    self.init(
      observed: observed, golden: golden, low: [], type: type, accuracyClass: accuracyClass,
      length: length, magnitude: magnitude, mode: mode, differing: nil)
  }

  /// `low` holds what binary64 leaves of each golden; empty where it leaves nothing.
  init(
    observed: [Double], golden: [Double], low: [Double], type: ElementType,
    accuracyClass: AccuracyClass,
    length: Int, magnitude: [Double], mode: NumericMode, differing: Int?
  ) {
    let count = min(observed.count, golden.count)
    (self.type, self.accuracyClass) = (type, accuracyClass)
    self.observed = Array(observed.prefix(count))
    self.golden = Array(golden.prefix(count))
    let format = type.floatFormat
    reference = self.golden.enumerated().map { position, high in
      guard let format else { return high }
      return high.isFinite && low.indices.contains(position)
        ? format.round(high: high, low: low[position]) : format.round(high)
    }
    self.length = max(1, length)
    self.magnitude = magnitude
    inputPrecision = mode.inputPrecision
    accumulatorPrecision = mode.accumulator.last?.precision
    self.differing =
      differing
      ?? zip(self.observed, reference).count(where: { $0 != $1 && !($0.isNaN && $1.isNaN) })
  }

  /// Whether the terms of the sum are products: convolutions and matrix products.
  package var hasProducts: Bool { !magnitude.isEmpty }

  /// The finite pairs with their exact goldens; nil where NaN or an infinity stands on one side only,
  /// or with another sign.
  var finitePairs: [ErrorPair]? { pairs(with: golden) }

  /// The finite pairs with the goldens a suite that stores outputs would have stored.
  var storedPairs: [ErrorPair]? { pairs(with: reference) }

  private func pairs(with golden: [Double]) -> [ErrorPair]? {
    var pairs: [ErrorPair] = []
    pairs.reserveCapacity(observed.count)
    for (position, (y, reference)) in zip(observed, reference).enumerated() {
      if y.isFinite, reference.isFinite {
        pairs.append(ErrorPair(position: position, observed: y, golden: golden[position]))
      } else if !(y == reference || (y.isNaN && reference.isNaN)) {
        return nil
      }
    }
    return pairs
  }
}
