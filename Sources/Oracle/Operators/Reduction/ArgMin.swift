import ExtendedArithmetic
import Spec

/// The index of the smallest element along an axis.
///
/// - (C1) Of equal minima the first wins, or the last with `select_last_index` (from version 12 on).
/// - (C2) `keepdims` keeps the axis with length 1.
/// - (C3) Lanes that hold a NaN are left open (register A2).
/// - Source: onnx/onnx docs/Operators.md, ArgMin.
enum ArgMinEvaluator: Evaluator {
  static let name = "ArgMin"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let axis = try call.axis(try call.int("axis", default: 0), rank: x.rank)
    let lanes = Lanes(of: x.shape, along: axis)
    guard lanes.length > 0 else { throw .invalid("ArgMin over an axis of length 0") }
    let takesLast = try call.flag("select_last_index")
    let order = try SortKeys(x)
    var winners: [Int64] = []
    var isOpen: [Bool] = []
    for lane in lanes.starts.indices {
      let positions = lanes.positions(lane)
      var best = 0
      for place in positions.indices.dropFirst() {
        let isSmaller = order.precedes(positions[place], positions[best])
        let isEqual = order.isEqual(positions[best], positions[place])
        if isSmaller || (takesLast && isEqual) { best = place }
      }
      winners.append(Int64(best))
      isOpen.append(positions.contains { order.isNaN($0) })
    }
    var shape = x.shape
    if try call.flag("keepdims", default: true) { shape[axis] = 1 } else { shape.remove(at: axis) }
    let tensor = ExactTensor(.i64, shape, integers: winners.map { Int128($0) })
    var outcome = Outcome(.tensor(tensor), .selection(SelectionColumn(indices: winners)))
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }
}
