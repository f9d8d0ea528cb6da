import CPUBackend
import ModelFormat
import Tensors
import Testing
import Variants

@testable import Witnesses

/// The witness of a name.
func witness(_ name: String) throws -> any Variant {
  try #require(Witnesses.all.first { $0.profile.name == name }, "no witness \(name)")
}

/// Runs one operator with one output as a witness does, or as the CPU backend when there is none.
func run(
  _ name: String, opset: Int64, _ inputs: [Tensor], attributes: [String: Attribute] = [:],
  output: ElementType = .f32, by witness: (any Variant)? = nil
) throws -> Tensor {
  let model = Model.singleNode(
    operator: name, opset: opset, attributes: attributes,
    inputs: inputs.enumerated().map { ValueInfo(name: "x\($0)", type: .tensor($1.type)) },
    outputs: [ValueInfo(name: "y", type: .tensor(output))])
  let backend = try Backend(options: #"{"threads": 1}"#)
  let values = inputs.map { Value?.some(.tensor($0)) }
  guard let witness else {
    return try #require(try backend.executable(model).execute(values).first?.tensor)
  }
  let executable = try witness.executable(
    for: model, in: VariantContext(backend: backend, seed: 5))
  return try #require(try executable.execute(values).first?.tensor)
}

/// A tensor of the values, rounded to the type.
func floats(_ shape: Shape, _ values: [Double], _ type: ElementType = .f32) throws -> Tensor {
  try #require(Tensor(type: type, shape: shape, rounding: values))
}

/// Values between -2 and 2 from a fixed seed.
func noise(_ count: Int, seed: UInt64) -> [Double] {
  var random = CounterRandom(key: (seed, 0))
  return (0..<count).map { _ in 4 * random.nextUnit() - 2 }
}
