package import CPUBackend
package import ModelFormat
import Tensors
package import Variants

/// A backend that computes some operators correctly in another way than the CPU backend.
package struct Witness: Variant {
  package let profile: VariantProfile
  /// What is computed in another way, for a seed.
  private let substitution: @Sendable (UInt64) -> any KernelSubstitution

  init(
    _ name: String, mode: String = "strict-fp32", summary: String,
    _ computations: @escaping @Sendable (UInt64) -> [String: Computation]
  ) {
    profile = VariantProfile(name, .witness, mode: mode, summary: summary)
    substitution = { WitnessSubstitution(computations: computations($0)) }
  }

  init(_ name: String, mode: String, summary: String, _ substitution: BoundarySubstitution) {
    profile = VariantProfile(name, .witness, mode: mode, summary: summary)
    self.substitution = { _ in substitution }
  }

  package func executable(
    for model: Model, in context: VariantContext
  ) throws(KernelError) -> any ModelExecutable {
    let executable = try context.backend.executable(
      model, substitution: substitution(context.seed))
    guard executable.substituteCount > 0 else {
      throw .notApplicable("no node that \(profile.name) computes in another way")
    }
    return executable
  }
}

/// Puts computations in the place of kernels by the operator's name.
struct WitnessSubstitution: KernelSubstitution {
  let computations: [String: Computation]

  func substitute(
    for kernel: any OperatorKernel.Type, _ declaration: Declaration
  ) -> SubstituteKernel? {
    guard kernel.domain.isEmpty, let computation = computations[kernel.name] else { return nil }
    if case .tensor(let type)?? = declaration.inputTypes.first,
      !computation.types.contains(type)
    {
      return nil
    }
    return { call throws(KernelError) in
      let plain = try kernel.run(call)
      // The type may not have been known when the model was compiled.
      guard computation.types.contains(try call.tensor(0).type) else { return plain }
      return try computation.run(call, plain)
    }
  }
}
