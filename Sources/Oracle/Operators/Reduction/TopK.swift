import ExtendedArithmetic
import Spec
import Tensors

/// The k largest (or smallest) elements along an axis, with their indices.
///
/// - (C1) Sorted results come in order; equal elements by rising index.
/// - (C2) k lies in [0, length of the axis]; in version 1 it is an attribute, then an input.
/// - (C3) From version 11 on, `largest` = 0 selects the smallest and `sorted` = 0 leaves the order
///   open.
/// - (C4) Lanes that hold a NaN are left open (register A2).
/// - Source: onnx/onnx docs/Operators.md, TopK.
enum TopKEvaluator: Evaluator {
  static let name = "TopK"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let axis = try call.axis(try call.int("axis", default: -1), rank: x.rank)
    let asked: Int? = try call.version >= 10 ? call.tensor(1).ints().first : call.int("k")
    guard let k = asked, k >= 0, k <= x.shape[axis] else {
      throw .invalid("TopK: k lies outside [0, \(x.shape[axis])]")
    }
    let isLargest = try call.flag("largest", default: true)
    let isSorted = try call.flag("sorted", default: true)
    let order = try SortKeys(x)
    let lanes = Lanes(of: x.shape, along: axis)
    var shape = x.shape
    shape[axis] = k
    let target = Lanes(of: shape, along: axis)
    var sources = [Int](repeating: 0, count: shape.elementCount ?? 0)
    var places = sources.map { _ in Int64(0) }
    var groups = sources.map { _ in Int32(0) }
    var isOpen = sources.map { _ in false }
    for lane in lanes.starts.indices {
      let positions = lanes.positions(lane)
      // A stable order keeps equal elements by rising index.
      let ranked = positions.indices.sorted { a, b in
        let (low, high) = isLargest ? (b, a) : (a, b)
        if order.precedes(positions[low], positions[high]) { return true }
        return order.isEqual(positions[a], positions[b]) && a < b
      }
      for (slot, place) in ranked.prefix(k).enumerated() {
        let output = target.positions(lane)[slot]
        sources[output] = positions[place]
        places[output] = Int64(place)
        groups[output] = isSorted ? 0 : Int32(clamping: lane + 1)
        isOpen[output] = positions.contains { order.isNaN($0) }
      }
    }
    var values = Outcome.exact(try x.gathered(sources, shape: shape), signedZero: false)
    let column = SelectionColumn(indices: places, tieGroup: isSorted ? [] : groups)
    let indices = ExactTensor(.i64, shape, integers: places.map { Int128($0) })
    var selected = Outcome(.tensor(indices), .selection(column))
    selected.undefined = OpenElements.mask(isOpen)
    // Without an order the values follow the indices, which are judged as a set.
    values.undefined = isSorted ? selected.undefined : isOpen.map { _ in true }
    return [values, selected]
  }
}
