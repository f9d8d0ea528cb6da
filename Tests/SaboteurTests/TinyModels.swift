import CPUBackend
import ModelFormat
import Saboteur
import Spec
import Tensors
import Testing
import Variants

/// A model with one set of inputs.
struct TinyModel: Sendable {
  let model: Model
  let inputs: [Value?]

  /// - Parameters:
  ///   - text: a graph and functions in ONNX's textual syntax.
  ///   - inputs: a tensor for each input of the graph.
  init(_ text: String, opset: Int64 = 21, _ inputs: [Tensor?]) throws {
    model = try Model(
      text: "<ir_version: 10, opset_import: [\"\" : \(opset), \"ai.onnx.ml\" : 1]> " + text)
    self.inputs = try inputs.map { .tensor(try #require($0)) }
  }

  /// What the CPU backend computes.
  func right() throws -> [Value] {
    try Backend().executable(model).execute(inputs)
  }

  /// What a fault computes; nil where it is not applicable.
  func wrong(_ fault: any Variant, seed: UInt64 = 1) throws -> [Value]? {
    let executable: any ModelExecutable
    do {
      executable = try fault.executable(
        for: model, in: VariantContext(backend: try Backend(), seed: seed))
    } catch {
      guard error.message.hasPrefix(VariantContract.notApplicable) else { throw error }
      return nil
    }
    return try executable.execute(inputs)
  }

  /// The numbers of the first output under a fault.
  func numbers(_ name: String) throws -> [Double] {
    let values = try #require(try wrong(try fault(name)))
    let tensor = try #require(values.first?.tensor)
    return try #require(tensor.doubles ?? tensor.integers?.map { Double($0) })
  }
}

/// The suite's own folder of case files.
let caseFolder =
  #filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 }
  + "/conformance-cases"

/// Every fault of the suite.
func allFaults() throws -> [any Variant] { try Saboteur.catalogue(cases: caseFolder) }

func fault(_ name: String) throws -> any Variant {
  try #require(try allFaults().first { $0.profile.name == name }, "there is no fault \(name)")
}

/// A tensor of a float type.
func floats(_ values: [Double], _ shape: Shape? = nil, _ type: ElementType = .f32) -> Tensor? {
  Tensor(type: type, shape: shape ?? [values.count], rounding: values)
}

/// A tensor of an integer type or of bools.
func integers(_ values: [Int128], _ shape: Shape? = nil, _ type: ElementType = .i64) -> Tensor? {
  Tensor(type: type, shape: shape ?? [values.count], wrapping: values)
}
