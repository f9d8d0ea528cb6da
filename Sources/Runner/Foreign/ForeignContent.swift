import ModelFormat
import Tensors

/// Model and inputs of one foreign case.
struct ForeignContent {
  let modelBytes: [UInt8]
  let model: Model
  /// The graph inputs that are fed, in order, with their values.
  let inputNames: [String]
  let inputs: [Value]

  init(_ entry: ForeignSuite.Entry) throws {
    modelBytes = try ForeignFile.bytes(entry.model)
    let folder = String(entry.model.dropLast("/model.onnx".count))
    do { model = try Model(decoding: modelBytes, externalTensors: folder) } catch {
      throw ForeignSuiteError.malformed(entry.model, reason: "\(error)")
    }
    let constants = Set(model.graph.initializers.map(\.name))
    let fed = model.graph.inputs.filter { !constants.contains($0.name) }
    var (names, values): ([String], [Value]) = ([], [])
    for (position, info) in fed.enumerated() {
      names.append(info.name)
      values.append(try Self.value("\(entry.dataSet)/input_\(position).pb", info))
    }
    (inputNames, inputs) = (names, values)
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
