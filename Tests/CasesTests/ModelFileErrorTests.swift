import Cases
import Testing

@Suite("Errors in files of models")
struct ModelFileErrorTests {
  /// A change of the plain file and the message it leads to.
  struct Slip: Sendable, CustomTestStringConvertible {
    let from: String
    let to: String
    let message: String
    var testDescription: String { message }
  }

  static let slips = [
    Slip(
      from: "graph: first", to: "graph: frist",
      message:
        #"tiny.yaml:16: group "plain": unknown graph "frist" (model/tiny-13/f32/plain#000); known: first, second"#
    ),
    Slip(
      from: "    graph: first\n", to: "",
      message: #"tiny.yaml:12: group "plain": a group of a model has either a graph or a relation"#),
    Slip(
      from: "inputs: {x:", to: "inputs: {z:",
      message:
        #"tiny.yaml:17: group "plain": unknown input of the graph "z" (model/tiny-13/f32/plain#000); known: x"#
    ),
    Slip(
      from: "versions: [13, 14]", to: "versions: []",
      message: "tiny.yaml:2: versions lists no operator set; write e.g. versions: [23]"),
    Slip(
      from: "  b: {shape: [2]", to: "  bias: {shape: [2]",
      message: #"tiny.yaml:9: no graph reads the weight "bias""#),
    Slip(
      from: "outputs: {y:", to: "outputs: {z:",
      message: #"tiny.yaml:6: no graph gives the output "z""#),
    Slip(
      from: "tokens: [0]", to: "token: [0]",
      message: #"tiny.yaml:6: unknown key "token"; did you mean "tokens"?"#),
    Slip(
      from: "for: {T: [f32, f16]", to: "for: {T: [f32, f64]",
      message:
        #"tiny.yaml:15: group "plain": T is never f64 in tiny 13, 14; delete it; to test that a type is refused, name the variable differently"#
    ),
    Slip(
      from: "model: tiny", to: "model: small",
      message: "tiny.yaml:1: the file of model small has another name; call it small.yaml"),
    Slip(
      from: "graph: first", to: "graph: first\n    opset: 12",
      message:
        #"tiny.yaml:17: group "plain": unknown key "opset"; known: covers, except, for, graph, inputs, intent, name, redraw, relation, rows, tier, twin, versions, weights-as"#
    ),
  ]

  @Test("A slip is reported with file, line, group and remedy", arguments: slips)
  func slip(_ slip: Slip) throws {
    let text = TestModel.file(TestModel.plain)
    try #require(text.contains(slip.from))
    let message = try TestModel.message(text.replacing(slip.from, with: slip.to))
    #expect(message == slip.message)
  }

  static let relationSlips = [
    Slip(
      from: "golden: whole", to: "golden: hole",
      message: #"tiny.yaml:23: group "parts": unknown step "hole"; did you mean "whole"?"#),
    Slip(
      from: "{output: y, of: head}}}", to: "{output: y, of: again}}}",
      message:
        #"tiny.yaml:22: group "parts": unknown earlier step "again" (model/tiny-14/f32/parts#000); known: head, whole"#
    ),
    Slip(
      from: "[{output: y, of: head}, {output: y, of: whole, axis: 0, from: 0, to: 1}]",
      to: "[{output: y, of: whole}, {output: y, of: head}]",
      message:
        #"tiny.yaml:25: group "parts": the second result must be one of the golden step (model/tiny-14/f32/parts#000); swap them, or name another golden step"#
    ),
    Slip(
      from: "from: 0, to: 1}}}", to: "from: 1, to: 1}}}",
      message:
        #"tiny.yaml:21: group "parts": from must lie below to, and not below 0 (model/tiny-14/f32/parts#000)"#
    ),
    Slip(
      from: "from: 0, to: 1}}}", to: "from: 3, to: 4}}}",
      message:
        #"tiny.yaml:21: group "parts": the part does not lie inside "x" (model/tiny-14/f32/parts#000)"#
    ),
    Slip(
      from: "inputs: {x: x}", to: "inputs: {}",
      message:
        #"tiny.yaml:20: group "parts": input "x" of step whole is missing (model/tiny-14/f32/parts#000)"#
    ),
  ]

  @Test("A slip in a relation is reported with file, line and remedy", arguments: relationSlips)
  func relationSlip(_ slip: Slip) throws {
    let text = TestModel.file(TestModel.relation)
    try #require(text.contains(slip.from))
    let message = try TestModel.message(text.replacing(slip.from, with: slip.to))
    #expect(message == slip.message)
  }

  @Test("A slip in a graph is reported with the graph's file and line")
  func graphSlip() throws {
    let text = TestModel.file(TestModel.plain)
    let changes = [
      ("MatMul (x, w)", "MatMul (x, w", "first.onnxtxt:4:"),
      ("Add (p, b)", "Add (p, bias)", #"first.onnxtxt:1: group "plain": unknown value "bias""#),
      ("$T[$n, 2] y", "$T[$m, 2] y", #"first.onnxtxt:2: group "plain": unknown variable "m""#),
    ]
    for (from, to, start) in changes {
      var graphs = TestModel.graphs
      graphs[0].1 = graphs[0].1.replacing(from, with: to)
      // Without the weight b, which only the sound graph reads.
      let weight = "  b: {shape: [2], fill: {normal, grid: f16}}\n"
      let yaml = to == "Add (p, bias)" ? text.replacing(weight, with: "") : text
      let message = try TestModel.message(yaml, graphs: graphs)
      #expect(message?.hasPrefix(start) == true, "\(message ?? "no error")")
    }
  }

  @Test("A model without a graph is refused")
  func noGraph() throws {
    let message = try TestModel.message(TestModel.file(TestModel.plain), graphs: [])
    #expect(
      message
        == "tiny.yaml:1: the model has no graph; put its ONNX text beside the file: NAME.onnxtxt")
  }
}
