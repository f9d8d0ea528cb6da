import Cases
import Spec

/// Catalogues of a few cases, built from texts.
enum TinyCatalogue {
  static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  /// The directory of the operator table.
  static let standardDirectory = root + "/conformance-cases/standard"

  private static let loaded = Result { try Standard.load(from: standardDirectory) }
  static func standard() throws -> Standard { try loaded.get() }

  static let addPath = "operators/math/Add.safetensors"
  static let softmaxPath = "operators/nn/Softmax.safetensors"

  /// A case file of Add with `count` matching cases and one that must be rejected.
  static func addText(count: Int = 2) -> String {
    let lengths = (1...count).map { String($0) }.joined(separator: ", ")
    return """
      operator: Add
      versions: [14]
      accuracy: {class: rounded}
      constraints:
        C1: the sum is rounded once
        C2: shapes that do not broadcast are refused
      groups:
        - name: sums
          intent: a wrong element
          covers: [C1]
          for: {length: [\(lengths)]}
          inputs:
            A: {type: f32, shape: [$length], fill: {normal, sigma: 4}}
            B: {type: f32, shape: [$length], fill: {normal, sigma: 4}}
        - name: misfits
          intent: incompatible shapes must be refused
          covers: [C2]
          expect: must-reject
          inputs:
            A: {type: f32, shape: [3], fill: zeros}
            B: {type: f32, shape: [4], fill: zeros}
      """ + "\n"
  }

  /// A case file of Add with a group of each tier but heavy.
  static let tieredText =
    """
    operator: Add
    versions: [14]
    accuracy: {class: rounded}
    constraints:
      C1: the sum is rounded once
      C2: shapes that do not broadcast are refused
    groups:
      - name: misfits
        intent: incompatible shapes must be refused
        covers: [C2]
        tier: full
        expect: must-reject
        inputs:
          A: {type: f32, shape: [3], fill: zeros}
          B: {type: f32, shape: [4], fill: zeros}
      - name: more-sums
        intent: a wrong element of many
        covers: [C1]
        inputs:
          A: {type: f32, shape: [70],
              fill: {normal, sigma: 4}, # first
             }
          B: {type: f32, shape: [70], fill: {normal, sigma: 4}}
      - name: sums
        intent: a wrong element
        covers: [C1]
        tier: smoke
        inputs:
          A: {type: f32, shape: [7],
              fill: {normal, sigma: 4}, # later
             }
          B: {type: f32, shape: [7], fill: {normal, sigma: 4}}
    """ + "\n"

  static let softmaxText =
    """
    operator: Softmax
    versions: [13]
    accuracy: {class: composite, decomposition: [subtract-max, exp, sum, divide]}
    constraints:
      C1: the output has the shape and type of the input
    groups:
      - name: rows
        intent: a row that is normalised wrongly
        covers: [C1]
        for: {T: [f32, f16]}
        inputs: {input: {shape: [2, 3], fill: {normal, sigma: 3}}}
    """ + "\n"

  static func make(addCases: Int = 2) throws -> CaseCatalogue {
    try CaseCatalogue(
      texts: [
        ("operators/math/Add.yaml", addText(count: addCases)),
        ("operators/nn/Softmax.yaml", softmaxText),
      ], standard: standard())
  }
}
