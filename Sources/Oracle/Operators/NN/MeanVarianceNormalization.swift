import ExtendedArithmetic
import Tensors

/// Elements centred and scaled by the moments of their group.
///
///     y = (x − E[x]) / √E[(x − E[x])²]
///
/// - (C1) Elements that differ in `axes` only form a group; without the attribute axes are 0, 2, 3.
/// - (C2) A group of equal elements is left open: the formula gives 0/0, the operator's definition
///   by others 0.
/// - Source: onnx/onnx docs/Operators.md, MeanVarianceNormalization.
enum MeanVarianceNormalizationEvaluator: Evaluator {
  static let name = "MeanVarianceNormalization"
  static let decompositions = 2

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let axes = try call.axes(try call.ints("axes") ?? [0, 2, 3], rank: x.rank)
    let reduction = Reduction(of: x.shape, over: Set(axes), keepDimensions: true)
    let trace = call.trace
    var values = try x.reals()
    var isOpen = values.map { _ in false }
    for group in reduction.groups where !group.isEmpty {
      let row = group.map { values[$0] }
      let moments = Moments(row, call)
      let root = trace.primitive(.squareRoot, moments.variance)
      let isConstant = row.allSatisfy { $0 == row[0] }
      for position in group {
        values[position] = trace.divide(trace.subtract(values[position], moments.mean), by: root)
        isOpen[position] = isConstant
      }
    }
    var outcome = Outcome.composite(ExactTensor(x.type, x.shape, reals: values))
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }
}
