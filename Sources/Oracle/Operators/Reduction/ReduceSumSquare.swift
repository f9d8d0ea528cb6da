import ExtendedArithmetic
import Tensors

/// The sum of squares over the given axes.
///
///     y = Σ_{reduced axes} x²
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C2) Where no axis is reduced, the squares remain.
/// - (C4) Of nothing it is 0 (register A13).
/// - (C7) Integers wrap around.
/// - Height: one multiplication, then one addition fewer than elements.
/// - Source: onnx/onnx docs/Operators.md, ReduceSumSquare.
enum ReduceSumSquareEvaluator: Evaluator {
  static let name = "ReduceSumSquare"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reduction = try Reduction(call, x, axesInputFrom: 18)
    var outcome: Outcome
    if x.isIntegral {
      let values = try x.integers()
      let sums = reduction.groups.map {
        $0.reduce(Int128(0)) { $0 &+ values[$1] &* values[$1] }
      }
      outcome = .exact(try ExactTensor(x.type, reduction.shape, integers: sums).wrapped())
    } else {
      let values = try x.reals()
      var output = AccumulatedTensor(hasProducts: true)
      for group in reduction.groups {
        output.append(
          group.map { Binary64.product(values[$0], values[$0]) }, height: group.count)
      }
      outcome = output.outcome(x.type, reduction.shape)
    }
    // Versions before 18 do not say what the sum of nothing is.
    if call.version < 18 { outcome.undefined = reduction.openWhereEmpty }
    return [outcome]
  }
}
