package import CPUBackend
package import ModelFormat

/// A named way of computing that differs from the bundled CPU backend's on purpose.
///
/// A *fault* computes wrongly and has to be noticed by the suite; a *witness* computes correctly in
/// another legal way and has to pass. Variants are stateless; the name is the identity.
package protocol Variant: Sendable {
  var profile: VariantProfile { get }

  /// Compiles a model that computes in this way.
  ///
  /// - Throws: `KernelError.notApplicable` where the variant has nothing to change in this model, and
  ///   whatever the CPU backend says of the model itself.
  func executable(
    for model: Model, in context: VariantContext
  ) throws(KernelError) -> any ModelExecutable
}

/// What a variant says about itself.
package struct VariantProfile: Hashable, Sendable {
  /// Lower-case words joined by `-`, unique in its library.
  package let name: String
  package let kind: Kind
  /// One line for people: what is done wrongly, or differently.
  package let summary: String
  /// The number of the mutation operator in the project's numerics document; nil for witnesses and
  /// for faults beyond that list.
  package let number: Int?
  /// The numeric mode to judge a witness in.
  package let mode: String

  package enum Kind: Hashable, Sendable {
    case fault(Severity)
    case witness
  }

  /// What a surviving fault means (numerics §9).
  package enum Severity: String, CaseIterable, Hashable, Sendable {
    /// Has to die in every case it changes.
    case gross
    /// Has to die in nine of ten cases of a group that it changes, and in every group.
    case precision
    /// A special value or rule; has to die in some case of the operator.
    case special
  }

  package init(
    _ name: String, _ kind: Kind, number: Int? = nil, mode: String = "strict-fp32",
    summary: String
  ) {
    (self.name, self.kind, self.number, self.mode, self.summary) =
      (name, kind, number, mode, summary)
  }
}

/// What variants compile with.
package struct VariantContext: Sendable {
  /// The backend whose results are changed.
  package let backend: Backend
  /// For variants that draw: different seeds pick different elements, orders or noise.
  package let seed: UInt64

  package init(backend: Backend, seed: UInt64) {
    self.backend = backend
    self.seed = seed
  }
}

extension KernelError {
  /// The variant changes nothing in this model: it is neither killed nor a survivor.
  package static func notApplicable(_ reason: String) -> KernelError {
    .unsupported(.construct, VariantContract.notApplicable + reason)
  }
}
