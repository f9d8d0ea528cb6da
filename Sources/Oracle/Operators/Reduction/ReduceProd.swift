import ExtendedArithmetic
import Tensors

/// The product over the given axes.
///
///     y = Π_{reduced axes} x
///
/// - (C1) From version 18 on, `axes` is an optional input; before, an attribute.
/// - (C4) The product of nothing is 1 (register A13).
/// - (C7) Integers wrap around (register A4).
/// - Height: one multiplication fewer than elements.
/// - Source: onnx/onnx docs/Operators.md, ReduceProd.
enum ReduceProdEvaluator: Evaluator {
  static let name = "ReduceProd"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let reduction = try Reduction(call, x, axesInputFrom: 18)
    var outcome: Outcome
    if x.isIntegral {
      let values = try x.integers()
      let products = reduction.groups.map { $0.reduce(Int128(1)) { $0 &* values[$1] } }
      let tensor = ExactTensor(x.type, reduction.shape, integers: products)
      outcome = .exact(try tensor.wrapped())
    } else {
      let values = try x.reals()
      var products = ProductTensor()
      for group in reduction.groups { products.append(group.map { values[$0] }) }
      outcome = products.outcome(x.type, reduction.shape)
    }
    // Versions before 18 do not say what the product of nothing is.
    if call.version < 18 { outcome.undefined = reduction.openWhereEmpty }
    return [outcome]
  }
}
