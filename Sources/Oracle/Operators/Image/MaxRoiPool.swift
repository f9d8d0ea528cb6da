import ExtendedArithmetic
import Tensors

/// The maxima of a grid of cells over each region of interest.
///
/// - (C1) The output is regions × channels × `pooled_shape`.
/// - (C2) A region is (batch, x1, y1, x2, y2). Its corners times `spatial_scale` are rounded to
///   whole elements, both of which belong to the region; cells divide it evenly.
/// - (C3) A cell without elements of the image is zero.
/// - (C4) The batch is one of the input's.
/// - Open: corners next to a tie of rounding, regions that end before they start, cells with NaN,
///   and cells whose borders lie inside of an element, unless the smallest and the largest set of
///   elements that they may mean have one maximum. The text gives no formula.
/// - Source: onnx/onnx docs/Operators.md, MaxRoiPool; R. Girshick, Fast R-CNN, 2015, section 2.1.
enum MaxRoiPoolEvaluator: Evaluator {
  static let name = "MaxRoiPool"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, rois) = (try call.tensor(0), try call.tensor(1))
    guard x.rank == 4, rois.rank == 2, rois.shape[1] == 5 else {
      throw .invalid("MaxRoiPool of \(x.shape) over regions of \(rois.shape)")
    }
    guard let grid = try call.ints("pooled_shape"), grid.count == 2, grid.allSatisfy({ $0 > 0 })
    else { throw .invalid("MaxRoiPool needs a pooled_shape of two lengths") }
    let shape = [rois.shape[0], x.shape[1]] + grid
    _ = try call.boundedCount(of: shape)
    let scale = DoubleDouble(try call.float("spatial_scale", default: 1))
    let (values, corners) = (try x.reals(), try rois.reals())
    var (results, isOpen): ([DoubleDouble], [Bool]) = ([], [])
    for roi in 0..<rois.shape[0] {
      let row = Array(corners[(5 * roi)..<(5 * roi + 5)])
      let batch = try batch(row[0], of: x.shape[0])
      let columns = cells(row[1], row[3], scale, count: grid[1], length: x.shape[3], x.type)
      let rows = cells(row[2], row[4], scale, count: grid[0], length: x.shape[2], x.type)
      for channel in 0..<x.shape[1] {
        let start = (batch * x.shape[1] + channel) * x.shape[2] * x.shape[3]
        let plane = Array(values[start..<(start + x.shape[2] * x.shape[3])])
        for row in rows {
          for column in columns {
            let (value, open) = pooled(plane, row, column, width: x.shape[3])
            results.append(value)
            isOpen.append(open)
          }
        }
      }
    }
    var outcome = Outcome.exact(ExactTensor(x.type, shape, reals: results), signedZero: false)
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }

  private static func batch(_ number: DoubleDouble, of count: Int) throws(EvaluationError) -> Int {
    guard number.isFinite, number == number.floor(), number >= .zero, number < DoubleDouble(count)
    else { throw .invalid("MaxRoiPool: batch \(number.high) of \(count)") }
    return Int(number.high)
  }

  /// The maximum of one cell, and whether it depends on how the cell's borders are read.
  private static func pooled(
    _ plane: [DoubleDouble], _ row: Cell, _ column: Cell, width: Int
  ) -> (value: DoubleDouble, isOpen: Bool) {
    let most = maximum(plane, row.widest, column.widest, width: width)
    let least = maximum(plane, row.narrowest, column.narrowest, width: width)
    let isDoubtful = [row, column].contains { cell in
      cell.isOpen || cell.narrowest.isEmpty != cell.widest.isEmpty
    }
    return (most, isDoubtful || !(most == least))
  }

  /// The elements of one cell along one axis, as widely and as narrowly as it may be read.
  private struct Cell {
    var widest = 0..<0
    var narrowest = 0..<0
    var isOpen = false
  }

  private static func cells(
    _ from: DoubleDouble, _ to: DoubleDouble, _ scale: DoubleDouble, count: Int, length: Int,
    _ type: ElementType
  ) -> [Cell] {
    guard let first = rounded(from * scale, type), let last = rounded(to * scale, type),
      last >= first
    else { return [Cell](repeating: Cell(isOpen: true), count: count) }
    let size = last - first + 1
    func inside(_ start: Int, _ end: Int) -> Range<Int> {
      let low = Swift.min(Swift.max(first + start, 0), length)
      return low..<Swift.max(low, Swift.min(first + end, length))
    }
    return (0..<count).map { cell in
      let (start, end) = (cell * size, (cell + 1) * size)
      return Cell(
        widest: inside(start / count, (end + count - 1) / count),
        narrowest: inside((start + count - 1) / count, end / count))
    }
  }

  /// The nearest integer; nil next to a tie, for what lies beyond 2^20, and for NaN.
  private static func rounded(_ x: DoubleDouble, _ type: ElementType) -> Int? {
    guard x.isFinite, x.high.magnitude < 0x1p20 else { return nil }
    let isNarrow = type == .f16 || type == .bf16
    let slack = Swift.max(1, x.high.magnitude) * (isNarrow ? 0x1p-7 : 0x1p-20)
    let distance = (x - x.floor() - DoubleDouble(0.5)).magnitude
    return distance.high <= slack ? nil : Int((x + DoubleDouble(0.5)).floor().high)
  }

  /// The greatest element, NaN where there is one, zero where there is none.
  private static func maximum(
    _ plane: [DoubleDouble], _ rows: Range<Int>, _ columns: Range<Int>, width: Int
  ) -> DoubleDouble {
    var best: DoubleDouble?
    for row in rows {
      for column in columns {
        let value = plane[row * width + column]
        if value.isNaN { return value }
        best = best.map { $0 < value ? value : $0 } ?? value
      }
    }
    return best ?? .zero
  }
}
