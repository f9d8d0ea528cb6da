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
    guard x.rank >= 3, let kernel = try call.ints("kernel_shape") else {
      throw .invalid("MaxPool needs a kernel_shape and an input of rank 3 or more")
    }
    let windows = try Windows(call, input: Shape(x.shape[2...]), kernel: kernel)
    let order = try SortKeys(x)
    let area = windows.input.reduce(1, *)
    let isColumnMajor = try call.int("storage_order", default: 0) == 1
    var winners: [Int] = []
    var isOpen: [Bool] = []
    var hasNaN: [Bool] = []
    for plane in 0..<(x.shape[0] * x.shape[1]) {
      for place in 0..<(windows.output.elementCount ?? 0) {
        let taps = windows.taps(at: windows.output.index(ofLinear: place))
        let positions = taps.map { plane * area + $0.position }
        let poison = positions.first { order.isNaN($0) }
        var best = poison ?? positions.first ?? 0
        for position in positions where poison == nil && order.precedes(best, position) {
          best = position
        }
        winners.append(best)
        hasNaN.append(poison != nil)
        // A window that lies in the padding altogether is left open (register A21).
        isOpen.append(positions.isEmpty)
      }
    }
    let shape = [x.shape[0], x.shape[1]] + windows.output
    guard x.count > 0 || winners.isEmpty else { throw .unsupported("MaxPool of an empty plane") }
    var values = Outcome.exact(try x.gathered(winners, shape: shape), signedZero: false)
    values.undefined = OpenElements.mask(isOpen)
    let indices = winners.map { isColumnMajor ? columnMajor($0, windows.input) : $0 }
    let tensor = ExactTensor(.i64, shape, integers: indices.map { Int128($0) })
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
