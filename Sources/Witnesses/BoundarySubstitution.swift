import CPUBackend
import NumericFormats
import Tensors

/// Changes what goes into arithmetic operators and what comes out of them, as hardware does that
/// has no subnormal numbers or no infinities.
struct BoundarySubstitution: KernelSubstitution {
  enum Change: Hashable, Sendable {
    /// Subnormal inputs and outputs become zeros of their sign.
    case flush
    /// Infinite outputs become the greatest finite value.
    case saturate
  }

  let change: Change

  /// Operators that compute; those that move, select or compare keep every bit.
  static let arithmetic: Set<String> = [
    "Add", "Mul", "Div", "Pow", "Exp", "Log", "Sin", "Tanh", "Sigmoid", "Erf", "Gelu", "MatMul",
    "Gemm", "Conv", "ConvTranspose", "Einsum", "ReduceSum", "ReduceMean", "ReduceLogSumExp",
    "AveragePool", "CumSum", "Softmax", "LogSoftmax", "LayerNormalization", "RMSNormalization",
    "BatchNormalization", "Attention", "LSTM", "RotaryEmbedding",
  ]

  func substitute(
    for kernel: any OperatorKernel.Type, _ declaration: Declaration
  ) -> SubstituteKernel? {
    guard kernel.domain.isEmpty, Self.arithmetic.contains(kernel.name) else { return nil }
    if case .tensor(let type)?? = declaration.inputTypes.first, !type.isFloat { return nil }
    return { call throws(KernelError) in
      var inputs: [Value?] = []
      for input in call.inputs {
        inputs.append(try change == .flush ? input.map(changed) : input)
      }
      let outputs = try kernel.run(
        Call(
          version: call.version, inputs: inputs, attributes: call.attributes,
          wanted: call.wanted, subgraphs: call.subgraphs, resources: call.resources))
      var results: [Value] = []
      for output in outputs { results.append(try changed(output)) }
      return results
    }
  }

  private func changed(_ value: Value) throws(KernelError) -> Value {
    guard case .tensor(let tensor) = value, let format = tensor.type.floatFormat,
      tensor.type == .f64 || tensor.type == .f32 || tensor.type == .f16 || tensor.type == .bf16
    else { return value }
    let values = try tensor.reals(Double.self).map { x -> Double in
      switch change {
      case .flush: abs(x) < format.smallestNormal ? 0 * x : x
      case .saturate:
        x.isInfinite ? Double(signOf: x, magnitudeOf: format.greatestFinite) : x
      }
    }
    return .tensor(try .rounding(values, to: tensor.type, tensor.shape))
  }
}
