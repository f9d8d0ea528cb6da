import ExtendedArithmetic
import Tensors

/// The Lp norm of each window.
///
///     y = (Σ_{window} |x|^p)^(1/p)
///
/// - (C1) The padding adds nothing; a window that lies in it altogether is left open (register A21).
/// - (C2) p is an integer, 2 without the attribute.
/// - (C3) `ceil_mode` and `dilations` exist from version 18 on.
/// - Source: onnx/onnx docs/Operators.md, LpPool.
enum LpPoolEvaluator: Evaluator {
  static let name = "LpPool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let pool = try PoolWindows(call, x)
    let values = try x.reals()
    let norm = try LpNorm(call, x.type)
    let norms = pool.map { positions, _ in norm(positions.map { values[$0] }) }
    var outcome = Outcome.composite(ExactTensor(x.type, pool.shape, reals: norms))
    outcome.undefined = OpenElements.mask(pool.map { positions, _ in positions.isEmpty })
    return [outcome]
  }
}
