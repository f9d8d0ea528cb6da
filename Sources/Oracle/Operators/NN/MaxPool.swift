import ExtendedArithmetic
import Spec
import Tensors

/// The maximum of each window, with its position.
///
/// - (C1) The padding never wins: a window of −Inf gives −Inf.
/// - (C2) A NaN in the window gives NaN, wherever it stands (register A1).
/// - (C3) Indices count in the flattened input tensor; with `storage_order` 1 the last two axes
///   count column-major. Of equal maxima the first wins.
/// - (C4) `ceil_mode` (from version 10 on) admits a last window that hangs over the end.
/// - Source: onnx/onnx docs/Operators.md, MaxPool.
enum MaxPoolEvaluator: Evaluator {
  static let name = "MaxPool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let pool = try PoolWindows(call, x)
    let order = try SortKeys(x)
    let isColumnMajor = try call.int("storage_order", default: 0) == 1
    var winners: [Int] = []
    var hasNaN: [Bool] = []
    let isOpen = pool.map { positions, _ in
      let poison = positions.first { order.isNaN($0) }
      var best = poison ?? positions.first ?? 0
      for position in positions where poison == nil && order.precedes(best, position) {
        best = position
      }
      winners.append(best)
      hasNaN.append(poison != nil)
      // A window that lies in the padding altogether is left open (register A21).
      return positions.isEmpty
    }
    guard x.count > 0 || winners.isEmpty else { throw .unsupported("MaxPool of an empty plane") }
    var values = Outcome.exact(try x.gathered(winners, shape: pool.shape), signedZero: false)
    values.undefined = OpenElements.mask(isOpen)
    let indices = winners.map { isColumnMajor ? columnMajor($0, pool.windows.input) : $0 }
    let tensor = ExactTensor(.i64, pool.shape, integers: indices.map { Int128($0) })
    var positions = Outcome(
      .tensor(tensor), .selection(SelectionColumn(indices: indices.map { Int64($0) })))
    positions.undefined = OpenElements.mask(zip(isOpen, hasNaN).map { $0 || $1 })
    return [values, positions]
  }

  /// The position with the spatial axes counted first axis fastest.
  private static func columnMajor(_ position: Int, _ spatial: Shape) -> Int {
    let area = spatial.reduce(1, *)
    let index = spatial.index(ofLinear: position % area)
    var (result, step) = (0, 1)
    for axis in spatial.indices {
      result += index[axis] * step
      step *= spatial[axis]
    }
    return position / area * area + result
  }
}
