import ExtendedArithmetic
import Tensors

/// The first input of a model of ai.onnx.ml: rows of features.
struct FeatureMatrix {
  let rows: Int
  let width: Int
  /// Row-major.
  let values: [DoubleDouble]

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
  }

  /// The features of one row.
  func row(_ index: Int) -> ArraySlice<DoubleDouble> {
    values[index * width..<(index + 1) * width]
  }

  /// Whether every feature is a float32 number, so that no backend has to round one.
  var isSingle: Bool {
    values.allSatisfy { $0.isNaN || $0.low == 0 && Double(Float($0.high)) == $0.high }
  }
}
