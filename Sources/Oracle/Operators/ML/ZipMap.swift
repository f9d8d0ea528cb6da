import Tensors

/// A map for each row, from stated keys to the elements of the row.
///
///     Z[n] = {key[c]: X[n, c]}
///
/// - (C1) The output is a sequence of one map for each row, whose values are float32.
/// - (C2) Exactly one list of keys is stated, of integers or of strings, and decides their type.
/// - (C3) There are as many columns as keys.
/// - Not evaluated: a key stated twice, other ranks than [N, C], which have no columns, more than 2^20
///   rows.
/// - Accuracy: exact.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.ZipMap.
enum ZipMapEvaluator: Evaluator {
  static let name = "ZipMap"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let keys = try MapInput.statedKeys(
      call, integers: "classlabels_int64s", strings: "classlabels_strings")
    let x = try call.tensor(0)
    guard x.rank == 2 else { throw .unsupported("ZipMap of rank \(x.rank)") }
    let (rows, width) = (x.shape[0], x.shape[1])
    guard width == keys.count else {
      throw .invalid("ZipMap of \(width) columns for \(keys.count) keys")
    }
    guard rows <= 1 << 20 else { throw .unsupported("ZipMap of more than 2^20 rows") }
    var maps: [ExactValue] = []
    for row in 0..<rows {
      let positions = Array(row * width..<(row + 1) * width)
      maps.append(.map(keys: keys, values: try x.gathered(positions, shape: [width])))
    }
    let element = ValueType.map(key: keys.type, value: .tensor(x.type))
    return [.passed(.sequence(maps, element: element))]
  }
}
