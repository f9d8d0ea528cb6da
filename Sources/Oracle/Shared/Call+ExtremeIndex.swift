import Spec
import Tensors

extension Call {
  /// The index, along `axis`, of the element that wins over all others: the first of equal ones, or
  /// the last with `select_last_index`. Lanes that hold a NaN are left open (register A2).
  ///
  /// - Parameter wins: Whether the element at the first position beats the one at the second.
  func extremeIndex(_ wins: (SortKeys, Int, Int) -> Bool) throws(EvaluationError) -> [Outcome] {
    let x = try tensor(0)
    let axis = try axis(try int("axis", default: 0), rank: x.rank)
    let lanes = Lanes(of: x.shape, along: axis)
    guard lanes.length > 0 else { throw .invalid("\(node.operatorName) over an axis of length 0") }
    let takesLast = try flag("select_last_index")
    let order = try SortKeys(x)
    var winners: [Int64] = []
    var isOpen: [Bool] = []
    for lane in lanes.starts.indices {
      let positions = lanes.positions(lane)
      var best = 0
      for place in positions.indices.dropFirst() {
        let isEqual = order.isEqual(positions[best], positions[place])
        if wins(order, positions[place], positions[best]) || (takesLast && isEqual) { best = place }
      }
      winners.append(Int64(best))
      isOpen.append(positions.contains { order.isNaN($0) })
    }
    var shape = x.shape
    if try flag("keepdims", default: true) { shape[axis] = 1 } else { shape.remove(at: axis) }
    let tensor = ExactTensor(.i64, shape, integers: winners.map { Int128($0) })
    var outcome = Outcome(.tensor(tensor), .selection(SelectionColumn(indices: winners)))
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }
}
