import ModelFormat
import Oracle
import Spec
import Tensors
import Testing

/// One call of one operator, of the version in force at the imported opset.
struct SingleCall {
  let model: Model
  let inputs: [String: Value]

  /// Inputs by position; nil leaves an optional input out.
  init(
    _ name: String, _ version: Int64, _ values: [Value?], _ attributes: [String: Attribute] = [:],
    outputs: Int = 1, domain: String = ""
  ) {
    let named = values.enumerated().map { position, value in
      ValueInfo(name: value == nil ? "" : "x\(position)", type: value?.type)
    }
    model = .singleNode(
      operator: name, domain: domain, opset: version, attributes: attributes, inputs: named,
      outputs: (0..<outputs).map { ValueInfo(name: "y\($0)", type: nil) })
    var inputs: [String: Value] = [:]
    for (info, value) in zip(named, values) { inputs[info.name] = value }
    self.inputs = inputs
  }

  /// A call inside a model of the caller's making.
  init(_ model: Model, _ inputs: [String: Value]) {
    (self.model, self.inputs) = (model, inputs)
  }

  /// Knows the standard's versions and signatures.
  static let oracle: Oracle = {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let standard = Result { try Standard.load(from: root + "/conformance-cases/standard") }
    return Oracle(
      versions: VersionLookup(schema: { domain, name, opset in
        try? standard.get().schema(domain: domain, operator: name, opset: opset)
      }))
  }()

  func values() throws -> [Value] { try Self.oracle.run(model, inputs: inputs) }

  func golden(isModel: Bool = false) throws -> Golden {
    try Self.oracle.golden(for: model, inputs: inputs, isModel: isModel)
  }

  func tensor(_ position: Int = 0) throws -> Tensor {
    let values = try values()
    try #require(values.indices.contains(position))
    return try #require(values[position].tensor)
  }

  func shape(_ position: Int = 0) throws -> Shape { try tensor(position).shape }

  /// The elements of a floating-point output, as they are stored.
  func reals(_ position: Int = 0) throws -> [Double] {
    try #require(try tensor(position).doubles)
  }

  /// The elements of an integer or bool output.
  func integers(_ position: Int = 0) throws -> [Int] {
    try #require(try tensor(position).integers).map { Int($0) }
  }

  /// The first legal result of an output with its side data.
  func column(_ position: Int = 0) throws -> GoldenTensor {
    try golden().tensor(position)
  }

  /// How the oracle refuses the call; nil when it evaluates it.
  func refusal() -> Refusal? {
    do throws(EvaluationError) {
      _ = try Self.oracle.run(model, inputs: inputs)
      return nil
    } catch {
      return Refusal(error)
    }
  }
}

/// The kind of an evaluation error.
enum Refusal: Hashable {
  case invalid
  case unsupported

  init(_ error: EvaluationError) {
    switch error {
    case .invalid: self = .invalid
    case .unsupported: self = .unsupported
    }
  }
}

extension Golden {
  /// The first legal result of an output, which must be a tensor.
  func tensor(_ position: Int = 0) throws -> GoldenTensor {
    try #require(outputs.indices.contains(position))
    let value = try #require(outputs[position].alternatives.first)
    guard case .tensor(let tensor) = value else { throw NoTensor() }
    return tensor
  }
}

struct NoTensor: Error {}

extension Value {
  /// A floating-point tensor; without a shape it has rank 1.
  static func reals(
    _ values: [Double], _ shape: Shape? = nil, type: ElementType = .f32
  ) throws -> Value {
    .tensor(
      try #require(Tensor(type: type, shape: shape ?? [values.count], rounding: values)))
  }

  /// An integer or bool tensor; without a shape it has rank 1.
  static func integers(
    _ values: [Int128], _ shape: Shape? = nil, type: ElementType = .i64
  ) throws -> Value {
    .tensor(
      try #require(Tensor(type: type, shape: shape ?? [values.count], wrapping: values)))
  }

  static func strings(_ values: [String]) throws -> Value {
    .tensor(try #require(Tensor(shape: [values.count], strings: values)))
  }
}
