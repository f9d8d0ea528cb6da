package import Variants

/// The catalogue of faults: backends that compute wrongly in one named way.
package enum Saboteur {
  /// Every fault, in the order of the catalogue.
  package static let faults: [any Variant] = [AllZeros()]
}
