import ExtendedArithmetic
import Tensors

/// Tensors joined along their second axis, as float32.
///
/// - (C1) The output is [N, C1 + C2 + …] of float32, its columns in the order of the inputs.
/// - (C2) An input of shape [C] counts as [1, C]; other ranks than 1 and 2 are refused.
/// - (C3) All inputs have the same number of rows and the same type.
/// - Not evaluated: `inputdimensions` that are not the inputs' own.
/// - Accuracy: each number is rounded once to float32.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.FeatureVectorizer.
enum FeatureVectorizerEvaluator: Evaluator {
  static let name = "FeatureVectorizer"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let inputs = try call.tensors()
    guard Set(inputs.map(\.type)).count == 1 else {
      throw .invalid("FeatureVectorizer of several types")
    }
    for input in inputs where !(1...2 ~= input.rank) {
      throw .invalid("FeatureVectorizer of a tensor of rank \(input.rank)")
    }
    let shapes = inputs.map { $0.rank == 1 ? [1, $0.count] : $0.shape }
    guard let rows = shapes.first?[0], shapes.allSatisfy({ $0[0] == rows }) else {
      throw .invalid("FeatureVectorizer of the shapes \(shapes)")
    }
    if let stated = try call.ints("inputdimensions"), stated != shapes.map({ $0[1] }) {
      throw .unsupported("FeatureVectorizer with inputdimensions \(stated) for \(shapes)")
    }
    let values = try joined(inputs, widths: shapes.map { $0[1] }, rows: rows)
    let shape = [rows, shapes.reduce(0) { $0 + $1[1] }]
    var outcome = Outcome.rounded(ExactTensor(.f32, shape, reals: values), signedZero: true)
    outcome.materialises = true
    return [outcome]
  }

  /// The numbers of all inputs, row by row.
  private static func joined(
    _ inputs: [ExactTensor], widths: [Int], rows: Int
  ) throws(EvaluationError) -> [DoubleDouble] {
    var columns: [[DoubleDouble]] = []
    for input in inputs {
      columns.append(
        input.isIntegral ? try input.integers().map { DoubleDouble($0) } : try input.reals())
    }
    var values: [DoubleDouble] = []
    for row in 0..<rows {
      for (width, column) in zip(widths, columns) {
        values += column[row * width..<(row + 1) * width]
      }
    }
    return values
  }
}
