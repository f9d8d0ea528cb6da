package import Tensors

/// Another way to compute some operators, chosen node by node while a model is compiled.
///
/// It reaches nodes of function bodies and subgraphs as well. A model that is compiled without a
/// substitution has no trace of one in its program.
package protocol KernelSubstitution: Sendable {
  /// The computation that takes the place of the kernel at this node; nil keeps the kernel.
  ///
  /// The kernel has already accepted the node. A substitute has the kernel's contract: outputs in
  /// order, at least up to the last one wanted, of the types that the kernel gives.
  func substitute(
    for kernel: any OperatorKernel.Type, _ declaration: Declaration
  ) -> SubstituteKernel?
}

/// What computes a call in place of the operator's kernel.
package typealias SubstituteKernel = @Sendable (Call) throws(KernelError) -> [Value]
