import Spec
import Testing

@testable import GoldenStore

/// Torn golden descriptions.
struct TornColumnTests {
  private func opened(_ file: SafetensorsWriter) throws -> GoldenReader {
    GoldenReader(file: try Safetensors(parsing: file.encoded, file: "sample"), fileName: "sample")
  }

  /// Reads a golden of one output with the given description and three float64 values as `g`.
  private func read(_ value: String) throws -> Golden {
    var file = SafetensorsWriter()
    file.setMetadata("case", #"{"outputs":[{"name":"y","alternatives":[\#(value)]}]}"#)
    file.append("case/0/g", type: .f64, bytes: [UInt8](repeating: 1, count: 24))
    return try opened(file).golden("case")
  }

  @Test("The description the others spoil is readable")
  func whole() throws {
    let golden = try read(#"{"type":"f32","shape":[3],"class":"rounded"}"#)
    #expect(golden.outputs.map(\.name) == ["y"])
  }

  @Test(
    "Missing, unknown and misfitting members are errors",
    arguments: [
      #"{"shape":[3],"class":"rounded"}"#,
      #"{"type":"f32","class":"rounded"}"#,
      #"{"type":"f32","shape":[3]}"#,
      #"{"type":"f33","shape":[3],"class":"rounded"}"#,
      #"{"type":"f32","shape":[3],"class":"other"}"#,
      #"{"type":"f32","shape":[3],"class":"model"}"#,
      #"{"type":"f32","shape":[4],"class":"rounded"}"#,
      #"{"type":"f32","shape":[-3],"class":"rounded"}"#,
      #"{"type":"f64","shape":[3],"class":"rounded"}"#,
      #"{"type":"f32","shape":[3],"class":"elementwise"}"#,
      #"{"type":"f32","shape":[3],"class":"accumulated"}"#,
      #"{"type":"f32","shape":[3],"class":"product"}"#,
      #"{"type":"f32","shape":[3],"class":"composite"}"#,
      #"{"type":"u8","shape":[3],"class":"quantised"}"#,
      #"{"type":"i64","shape":[3],"class":"indices"}"#,
      #"{"type":"f32","shape":[3],"class":"random"}"#,
      #"{"type":"f32","shape":[3],"class":"exact"}"#,
      #"{"type":"string","shape":[3],"class":"exact","strings":[["a"]]}"#,
      #"{"type":"f32","shape":[3],"class":"exact","choices":9223372036854775807}"#,
      #"{"sequence":[]}"#,
      #"{"sequence":[{}],"element":"tensor(float)"}"#,
      #"{"optional":"tensor(nothing)"}"#,
      #"{"undefined":7}"#,
      #"{"keys":7,"values":7}"#,
      #"{"keys":{"type":"string","shape":[1],"class":"exact","strings":[["a"]]},"values":{}}"#,
      #"7"#,
    ])
  func spoiled(_ value: String) {
    #expect(throws: GoldenError.self) { try read(value) }
  }

  @Test(
    "Shapes whose columns exceed every address are errors",
    arguments: ["2305843009213693952", "9223372036854775807", "4611686018427387904,2"])
  func absurdShapes(_ shape: String) {
    #expect(throws: GoldenError.self) {
      try read(#"{"type":"f32","shape":[\#(shape)],"class":"rounded"}"#)
    }
  }

  @Test(
    "Token axes that the shape does not have, or has once, are errors",
    arguments: [[1], [-1], [0, 0], [Int.max]])
  func tokenAxes(_ axes: [Int]) throws {
    let none = [Double](repeating: 0, count: 3)
    let columns = GoldenColumns.model(
      RealColumn(high: [1, 2, 3]),
      Sensitivity(compute: none, accumulate: none, storage: none, input: none),
      TokenRule(axes: axes, isLogits: true))
    let tensor = GoldenTensor(type: .f32, shape: [3], columns: columns)
    var writer = GoldenWriter()
    writer.append(
      Golden(outputs: [GoldenOutput(name: "y", alternatives: [.tensor(tensor)])]), id: "case")
    let reader = try opened(writer.file)
    #expect(throws: GoldenError.self) { try reader.golden("case") }
  }

  @Test("Descriptions that are no JSON are errors", arguments: ["", "{", "[]", "{}", "null"])
  func noDescription(_ text: String) throws {
    var file = SafetensorsWriter()
    file.setMetadata("case", text)
    let reader = try opened(file)
    #expect(throws: GoldenError.self) { try reader.golden("case") }
  }
}
