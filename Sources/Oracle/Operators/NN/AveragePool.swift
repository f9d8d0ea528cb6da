import ExtendedArithmetic
import Tensors

/// The mean of each window.
///
///     y = (Σ_{window} x) / n
///
/// - (C1) n counts the elements inside the input, or with `count_include_pad` also its padding; what
///   `ceil_mode` adds beyond the padding never counts.
/// - (C2) A window that lies in the padding altogether is left open (register A21).
/// - (C3) Dilations exist from version 19 on.
/// - Source: onnx/onnx docs/Operators.md, AveragePool.
enum AveragePoolEvaluator: Evaluator {
  static let name = "AveragePool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let pool = try PoolWindows(call, x)
    let countsPadding = try call.flag("count_include_pad")
    let values = try x.reals()
    var output = AccumulatedTensor(hasProducts: false)
    let isOpen = pool.map { positions, index in
      let count = countsPadding ? pool.windows.paddedCount(at: index) : positions.count
      output.append(
        ExactSum(positions.map { values[$0] }), height: Swift.max(0, positions.count - 1),
        dividedBy: Swift.max(1, count))
      return positions.isEmpty
    }
    var outcome = output.outcome(x.type, pool.shape)
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }
}
