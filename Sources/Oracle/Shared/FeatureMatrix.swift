import ExtendedArithmetic
import Tensors

/// The first input of a model of ai.onnx.ml: rows of features.
struct FeatureMatrix {
  let rows: Int
  let width: Int
  /// Row-major.
  let values: [DoubleDouble]
  /// Whether every feature is a float32 number, so that no backend has to round one.
  let isSingle: Bool

  /// Reads [N, F], or [F] as one row where the text says so.
  ///
  /// - Throws: `unsupported` for other ranks, which no text gives a meaning.
  init(_ call: Call, acceptsVectors: Bool = false) throws(EvaluationError) {
    let x = try call.tensor(0)
    guard x.rank == 2 || acceptsVectors && x.rank == 1 else {
      throw .unsupported("\(call.node.operatorName) of rank \(x.rank)")
    }
    rows = x.rank == 2 ? x.shape[0] : 1
    width = x.shape[x.rank - 1]
    values = x.isIntegral ? try x.integers().map { DoubleDouble($0) } : try x.reals()
    isSingle = values.allSatisfy { $0.isNaN || $0.low == 0 && Double(Float($0.high)) == $0.high }
  }

  /// The features of one row.
  func row(_ index: Int) -> ArraySlice<DoubleDouble> {
    values[index * width..<(index + 1) * width]
  }
}

extension Call {
  /// The number of targets that `n_targets` states.
  ///
  /// - Throws: `unsupported` where it is left out or too large, `invalid` for less than one.
  func statedTargets() throws(EvaluationError) -> Int {
    guard node.attributes["n_targets"] != nil else {
      throw .unsupported("\(node.operatorName) without n_targets")
    }
    let count = try int("n_targets")
    guard count >= 1 else { throw .invalid("\(node.operatorName) of \(count) targets") }
    try limitTargets(count)
    return count
  }

  /// Refuses more targets than are evaluated; without features no list bounds them.
  func limitTargets(_ count: Int) throws(EvaluationError) {
    guard count <= 1 << 20 else {
      throw .unsupported("\(node.operatorName) of more than 2^20 targets")
    }
  }
}
