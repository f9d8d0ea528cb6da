package import Variants

/// The catalogue of witnesses: backends that compute correctly in another legal way.
package enum Witnesses {
  /// Every witness, in the order of the catalogue.
  package static let all: [any Variant] =
    orders + scans + softmaxes + normalisations + attentions + recurrences + elementaries
    + transforms + interpolations + quantisations + instructionSets + modes + declaredArithmetics
}
