package import CPUBackend
package import ModelFormat
import Tensors
package import Variants

/// A backend that computes some operators correctly in another way than the CPU backend.
package struct Witness: Variant {
  package let profile: VariantProfile
  /// The operators by name, for a seed.
  private let computations: @Sendable (UInt64) -> [String: Computation]

  init(
    _ name: String, mode: String = "strict-fp32", summary: String,
    _ computations: @escaping @Sendable (UInt64) -> [String: Computation]
  ) {
    profile = VariantProfile(name, .witness, mode: mode, summary: summary)
    self.computations = computations
  }

  package func executable(
    for model: Model, in context: VariantContext
  ) throws(KernelError) -> any ModelExecutable {
    let executable = try context.backend.executable(
      model, substitution: WitnessSubstitution(computations: computations(context.seed)))
    guard executable.substituteCount > 0 else {
      throw .notApplicable("no node that \(profile.name) computes in another way")
    }
    return executable
  }
}

/// How a witness computes one operator.
struct Computation: Sendable {
  /// Types of the first input for which it does.
  var types: Set<ElementType> = Self.floats
  /// Computes the outputs.
  ///
  /// `plain` is what the CPU backend computed: it has refused what is to be refused, and says
  /// which shapes and types the outputs have.
  let run: @Sendable (_ call: Call, _ plain: [Value]) throws(KernelError) -> [Value]

  static let floats: Set<ElementType> = Set(ElementType.allCases.filter(\.isFloat))
  /// Types whose products fit in binary32: where modes of narrower inputs mean something.
  static let narrowFloats = floats.subtracting([.f64])

  /// The same computation for other types.
  func on(_ types: Set<ElementType>) -> Computation { Computation(types: types, run: run) }
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

extension Call {
  /// Chooses the type that the standard's formula is computed in by the type of an input.
  func computing(
    _ position: Int = 0, single: () throws(KernelError) -> Tensor,
    double: () throws(KernelError) -> Tensor
  ) throws(KernelError) -> [Value] {
    [.tensor(try tensor(position).type == .f64 ? try double() : try single())]
  }
}
