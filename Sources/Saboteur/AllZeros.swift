package import CPUBackend
package import ModelFormat
import Tensors
package import Variants

/// Every element of every tensor output is zero.
package struct AllZeros: Variant {
  package let profile = VariantProfile(
    "all-zeros", .fault(.gross), number: 1, summary: "every output element is zero")

  package init() {}

  package func executable(
    for model: Model, in context: VariantContext
  ) throws(KernelError) -> any ModelExecutable {
    ZeroingExecutable(base: try context.backend.executable(model))
  }
}

/// Runs a model and clears what comes out.
private struct ZeroingExecutable: ModelExecutable {
  let base: any ModelExecutable
  var inputTypes: [ValueType] { base.inputTypes }

  func execute(_ inputs: [Value?]) throws(KernelError) -> [Value] {
    var outputs: [Value] = []
    for value in try base.execute(inputs) {
      guard case .tensor(let tensor) = value, tensor.strings.isEmpty,
        let cleared = Tensor(
          type: tensor.type, shape: tensor.shape,
          bytes: [UInt8](repeating: 0, count: tensor.bytes.count))
      else {
        outputs.append(value)
        continue
      }
      outputs.append(.tensor(cleared))
    }
    return outputs
  }
}
