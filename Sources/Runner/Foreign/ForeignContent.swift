import ModelFormat
import Tensors

/// Model and inputs of one foreign case.
struct ForeignContent {
  /// The file's bytes, or those of the model without the inputs that nobody feeds.
  let modelBytes: [UInt8]
  let model: Model
  /// The graph inputs in order with their values.
  let inputNames: [String]
  let inputs: [Value]

  init(_ entry: ForeignSuite.Entry) throws {
    let bytes = try ForeignFile.bytes(entry.model)
    let folder = String(entry.model.dropLast("/model.onnx".count))
    let stored: Model
    do { stored = try Model(decoding: bytes, externalTensors: folder) } catch {
      throw ForeignSuiteError.malformed(entry.model, reason: "\(error)")
    }
    model = Self.withoutDefaults(stored)
    modelBytes = model == stored ? bytes : try model.encoded()
    var values: [Value] = []
    for (position, info) in model.graph.inputs.enumerated() {
      values.append(try Self.value("\(entry.dataSet)/input_\(position).pb", info))
    }
    inputNames = model.graph.inputs.map(\.name)
    inputs = values
  }

  /// The model without the inputs that have an initializer, for which a data set has no values.
  ///
  /// Before IR version 4 every initializer had to be listed as an input; backends differ in whether
  /// such an input takes a value at all, and its only value here is the initializer.
  private static func withoutDefaults(_ model: Model) -> Model {
    let constants = Set(model.graph.initializers.map(\.name))
    guard model.graph.inputs.contains(where: { constants.contains($0.name) }) else { return model }
    var result = model
    result.graph.inputs.removeAll { constants.contains($0.name) }
    result.irVersion = max(model.irVersion, 4)
    return result
  }

  /// The stored outputs.
  func outputs(of entry: ForeignSuite.Entry) throws -> [Value] {
    var values: [Value] = []
    for (position, info) in model.graph.outputs.enumerated() {
      values.append(try Self.value("\(entry.dataSet)/output_\(position).pb", info))
    }
    return values
  }

  private static func value(_ path: String, _ info: ValueInfo) throws -> Value {
    guard let type = info.type else {
      throw ForeignSuiteError.malformed(path, reason: "the type of \(info.name) is not declared")
    }
    let bytes = try ForeignFile.bytes(path)
    do { return try Value(decoding: bytes, kind: type.kind, expecting: type) } catch {
      throw ForeignSuiteError.malformed(path, reason: "\(error)")
    }
  }

  /// What a case is about, for grouping: the second word of `test_softmax_axis_1`.
  static func subject(of name: String) -> String {
    let words = name.split(separator: "/").first?.split(separator: "_") ?? []
    return words.dropFirst(words.first == "test" ? 1 : 0).first.map { String($0) } ?? name
  }
}
