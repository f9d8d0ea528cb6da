/// The index of the smallest element along an axis.
///
/// - (C1) Of equal minima the first wins, or the last with `select_last_index` (from version 12 on).
/// - (C2) `keepdims` keeps the axis with length 1.
/// - (C3) Lanes that hold a NaN are left open (register A2).
/// - Source: onnx/onnx docs/Operators.md, ArgMin.
enum ArgMinEvaluator: Evaluator {
  static let name = "ArgMin"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    try call.extremeIndex { order, one, other in order.precedes(one, other) }
  }
}
