/// The words by which a library of variants and its caller understand each other.
///
/// They extend the standard interface without changing it: `describe` lists the variants under
/// `variants`, and the options of `compile` name one. Without that option a library computes as the
/// CPU backend does.
package enum VariantContract {
  /// The member of the description: an array of objects with `name`, `kind` (`fault` or `witness`),
  /// `severity` (of faults), `number` (where there is one), `mode` and `summary`.
  package static let variants = "variants"
  /// The option of `compile` with the name of a variant.
  package static let variant = "variant"
  /// The option of `compile` with the seed, a decimal text of 64 bits; 0 without it.
  package static let seed = "seed"
  /// The option of `create` with the folder of the case files, for libraries that read their
  /// variants from there; `conformance-cases` without it. Give an absolute path where the workers
  /// may run elsewhere.
  package static let cases = "cases"
  /// How the message starts when a variant has nothing to change in a model.
  package static let notApplicable = "not applicable: "
}
