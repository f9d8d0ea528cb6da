import Cases
import Spec

/// A model of two graphs: `y = x·w + b`, and the same with another bias.
enum TestModel {
  static let path = "models/tiny/tiny.yaml"

  static let graphs = [
    (
      "models/tiny/first.onnxtxt",
      """
      <ir_version: 8, opset_import: ["": $opset]>
      first ($T[$n, 2] x) => ($T[$n, 2] y) {
        p = MatMul (x, w)
        y = Add (p, b)
      }
      """
    ),
    (
      "models/tiny/second.onnxtxt",
      """
      <ir_version: 8, opset_import: ["": $opset]>
      second ($T[$n, 2] x) => ($T[$n, 2] y) {
        p = MatMul (x, w)
        y = Add (p, c)
      }
      """
    ),
  ]

  /// A file whose groups are given by their lines; they start at line 12.
  static func file(_ groups: String, outputs: String = "{y: {tokens: [0]}}") -> String {
    """
    model: tiny
    versions: [13, 14]
    types: {T: [f32, f16]}
    constraints:
      C1: it works
    outputs: \(outputs)
    weights:
      w: {shape: [2, 2], fill: {normal, grid: f16}}
      b: {shape: [2], fill: {normal, grid: f16}}
      c: {shape: [2], fill: {normal, grid: f16}}
    groups:
    """ + "\n" + groups.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  static let plain = """
    - name: plain
      intent: anything
      covers: [C1]
      for: {T: [f32, f16], n: [1, 3]}
      graph: first
      inputs: {x: {shape: [$n, 2], fill: normal}}
    """

  static let relation = """
    - name: parts
      intent: anything
      covers: [C1]
      versions: [14]
      for: {T: f32}
      relation:
        draws: {x: {type: $T, shape: [3, 2], fill: linear}}
        steps:
          - {name: whole, graph: first, with: {n: 3}, inputs: {x: x}}
          - {name: head, graph: first, with: {n: 1}, inputs: {x: {draw: x, axis: 0, from: 0, to: 1}}}
          - {name: again, graph: second, with: {n: 1}, inputs: {x: {output: y, of: head}}}
        golden: whole
        agree:
          - [{output: y, of: head}, {output: y, of: whole, axis: 0, from: 0, to: 1}]
    """

  static func catalogue(
    _ yaml: String, graphs: [(String, String)] = graphs, filter: CaseFilter? = nil
  ) throws -> CaseCatalogue {
    try CaseCatalogue(
      texts: [(path, yaml)], graphs: graphs.map { ($0.0, $0.1) },
      standard: Repository.standard(), filter: filter)
  }

  /// The message of the error that expanding, or making a case, ends with.
  static func message(_ yaml: String, graphs: [(String, String)] = graphs) throws -> String? {
    do {
      let catalogue = try catalogue(yaml, graphs: graphs)
      for entry in catalogue.entries { _ = try catalogue.materialise(entry) }
      return nil
    } catch let error as CaseFileError {
      return "\(error)"
    }
  }
}
