import Tensors

/// The greatest element of each cell of a grid over regions of an image.
///
/// Corners times `spatial_scale` are rounded, halves away from zero, and both belong to the region,
/// which has one element at least. A cell reaches from the floor of its start to the ceiling of its
/// end. NaN wins over everything; a cell without elements is zero.
enum MaxRoiPoolKernel: OperatorKernel {
  static let name = "MaxRoiPool"
  static let versions = [1, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, rois) = (try call.tensor(0), try call.tensor(1))
    guard x.shape.count == 4, rois.shape.count == 2, rois.shape[1] == 5 else {
      throw .invalidInput("an image of shape \(x.shape), regions of \(rois.shape)")
    }
    let pooled = try call.ints("pooled_shape") ?? []
    guard pooled.count == 2, pooled.allSatisfy({ 1...WindowAxis.limit ~= $0 }) else {
      throw .invalidModel("pooled_shape is \(pooled), two lengths are needed")
    }
    let shape = [rois.shape[0], x.shape[1]] + pooled
    let count = try Allocation.count(of: shape, type: .f64)
    let scale = Double(try call.float("spatial_scale", default: 1))
    let (values, corners) = (try x.reals(Double.self), try rois.reals(Double.self))
    var positions: [Int] = []
    positions.reserveCapacity(count)
    for roi in 0..<rois.shape[0] where count > 0 {
      let row = corners[5 * roi..<5 * roi + 5].map { $0 }
      guard row[0] >= 0, row[0] < Double(x.shape[0]), row[0] == row[0].rounded() else {
        throw .invalidInput("batch \(row[0]) of \(x.shape[0])")
      }
      let rows = cells(row[2] * scale, row[4] * scale, pooled[0], x.shape[2])
      let columns = cells(row[1] * scale, row[3] * scale, pooled[1], x.shape[3])
      for channel in 0..<x.shape[1] {
        let plane = (Int(row[0]) * x.shape[1] + channel) * x.shape[2] * x.shape[3]
        for row in rows {
          for column in columns {
            positions.append(greatest(values, plane, row, column, width: x.shape[3]))
          }
        }
      }
    }
    return [.tensor(try Selection(positions).tensor(of: x, shape: shape))]
  }

  /// The elements of each cell along an axis.
  private static func cells(
    _ start: Double, _ end: Double, _ count: Int, _ length: Int
  ) -> [Range<Int>] {
    let first = whole(start)
    let size = max(whole(end) - first + 1, 1)
    return (0..<count).map { cell in
      let low = min(max(cell * size / count + first, 0), length)
      let high = min(max(((cell + 1) * size + count - 1) / count + first, 0), length)
      return low..<max(low, high)
    }
  }

  /// The nearest integer within ±2^30, which keeps products inside of `Int`; NaN gives zero.
  private static func whole(_ x: Double) -> Int {
    x.isNaN ? 0 : Int(min(max(x.rounded(.toNearestOrAwayFromZero), -0x1p30), 0x1p30))
  }

  private static func greatest(
    _ x: [Double], _ plane: Int, _ rows: Range<Int>, _ columns: Range<Int>, width: Int
  ) -> Int {
    var best = Selection.filled
    for row in rows {
      for column in columns {
        let position = plane + row * width + column
        if best < 0 || (!(x[position] <= x[best]) && x[best] == x[best]) { best = position }
      }
    }
    return best
  }
}
