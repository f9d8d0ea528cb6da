import CPUBackend
import ModelFormat
import Tensors
import Variants

/// Invalid models and inputs are answered with zeros instead of being refused.
struct AcceptsEverything: Variant {
  let profile = VariantProfile(
    "accepts-everything", .fault(.gross), number: 88,
    summary: "what has to be refused is answered with zeros")

  func executable(
    for model: Model, in context: VariantContext
  ) throws(KernelError) -> any ModelExecutable {
    let right: (any ModelExecutable)?
    do throws(KernelError) {
      right = try context.backend.executable(model)
    } catch {
      guard case .invalidModel = error else { throw error }
      right = nil
    }
    let zeros = try model.graph.outputs.map { value throws(KernelError) in try Self.zeros(value) }
    return AcceptingExecutable(
      right: right, inputTypes: model.graph.inputs.compactMap(\.type), zeros: zeros)
  }

  /// Zeros of the declared type and shape, 1 for sizes that are not declared.
  private static func zeros(_ declared: ValueInfo) throws(KernelError) -> Value {
    let shape = (declared.shape ?? []).map { dimension in
      if case .fixed(let size) = dimension { size } else { 1 }
    }
    guard case .tensor(let type) = declared.type, let count = shape.elementCount,
      let bytes = type.byteCount(of: count),
      let tensor = Tensor(type: type, shape: shape, bytes: [UInt8](repeating: 0, count: bytes))
    else { throw .notApplicable("an output is no tensor of numbers") }
    return .tensor(tensor)
  }
}

private struct AcceptingExecutable: ModelExecutable {
  let right: (any ModelExecutable)?
  let inputTypes: [ValueType]
  let zeros: [Value]

  func execute(_ inputs: [Value?]) throws(KernelError) -> [Value] {
    guard let right else { return zeros }
    do throws(KernelError) {
      return try right.execute(inputs)
    } catch {
      guard case .invalidInput = error else { throw error }
      return zeros
    }
  }
}
