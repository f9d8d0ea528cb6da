import ExtendedArithmetic
import Tensors

/// The mean or maximum of interpolated samples in each cell of each region of interest.
///
///     sample at start + (cell + (i + ½)/g)·size/cells along an axis, i < g
///
/// - (C1) The output is regions × channels × `output_height` × `output_width`.
/// - (C2) A region is (x1, y1, x2, y2) times `spatial_scale`, with half_pixel (the default from
///   version 16 on) less ½; version 10 knows no shift.
/// - (C3) g is `sampling_ratio`, or ⌈size/cells⌉ of the axis where that is 0.
/// - (C4) `mode` avg takes the mean, max the maximum of the interpolated values.
/// - (C5) The batch index names an image of the batch.
/// - Open: regions without extent, and below one element where nothing is shifted; samples beyond
///   the centres of the outermost elements; a number of samples next to a step of ⌈ ⌉. The text
///   says nothing of these.
/// - Source: onnx/onnx docs/Operators.md, RoiAlign.
enum RoiAlignEvaluator: Evaluator {
  static let name = "RoiAlign"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let (x, rois, batches) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    guard x.rank == 4, rois.rank == 2, rois.shape[1] == 4, batches.shape == [rois.shape[0]] else {
      throw .invalid("RoiAlign of \(x.shape) over \(rois.shape) in \(batches.shape)")
    }
    let frame = try Frame(call)
    let shape = [rois.shape[0], x.shape[1], frame.rows, frame.columns]
    let count = try call.boundedCount(of: shape)
    let (values, corners, images) = (try x.reals(), try rois.reals(), try batches.ints())
    var (results, isOpen): ([DoubleDouble], [Bool]) = ([], [])
    results.reserveCapacity(count)
    for roi in 0..<rois.shape[0] {
      guard (0..<x.shape[0]).contains(images[roi]) else {
        throw .invalid("RoiAlign: image \(images[roi]) of \(x.shape[0])")
      }
      let row = Array(corners[(4 * roi)..<(4 * roi + 4)])
      let rows = try frame.samples(row[1], row[3], cells: frame.rows, length: x.shape[2])
      let columns = try frame.samples(row[0], row[2], cells: frame.columns, length: x.shape[3])
      for channel in 0..<x.shape[1] {
        let plane = (images[roi] * x.shape[1] + channel) * x.shape[2] * x.shape[3]
        for row in rows {
          for column in columns {
            results.append(frame.pooled(values, plane, row, column, width: x.shape[3]))
            isOpen.append(row.isOpen || column.isOpen)
          }
        }
      }
    }
    var outcome = Outcome.composite(ExactTensor(x.type, shape, reals: results))
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }

  /// The samples of a cell along one axis.
  private struct Cell {
    var samples: [SampledAxis] = []
    var isOpen = false
  }

  /// The attributes of a call.
  private struct Frame {
    /// The most samples along an axis of a cell that are evaluated.
    private static let mostSamples = 256

    let rows: Int
    let columns: Int
    private let ratio: Int
    private let scale: DoubleDouble
    private let isShifted: Bool
    private let takesMaximum: Bool
    private let trace: Trace

    init(_ call: Call) throws(EvaluationError) {
      rows = try call.int("output_height", default: 1)
      columns = try call.int("output_width", default: 1)
      ratio = try call.int("sampling_ratio", default: 0)
      scale = DoubleDouble(try call.float("spatial_scale", default: 1))
      guard rows > 0, columns > 0, ratio >= 0 else {
        throw .invalid("RoiAlign to \(rows)×\(columns) with \(ratio) samples")
      }
      guard ratio <= Self.mostSamples else {
        throw .unsupported("RoiAlign of more than \(Self.mostSamples) samples along an axis")
      }
      let mode = try call.string("mode", default: "avg")
      let shift =
        call.version < 16
        ? "output_half_pixel"
        : try call.string("coordinate_transformation_mode", default: "half_pixel")
      guard ["avg", "max"].contains(mode), ["half_pixel", "output_half_pixel"].contains(shift)
      else { throw .invalid("RoiAlign knows no \"\(mode)\" with \"\(shift)\"") }
      (isShifted, takesMaximum, trace) = (shift == "half_pixel", mode == "max", call.trace)
    }

    /// The samples of each cell along one axis.
    func samples(
      _ from: DoubleDouble, _ to: DoubleDouble, cells: Int, length: Int
    ) throws(EvaluationError) -> [Cell] {
      let size = (to - from) * scale
      guard size.isFinite, size > .zero, isShifted || size >= .one, length > 0,
        let number = try number(from, to, size, cells)
      else { return [Cell](repeating: Cell(isOpen: true), count: cells) }
      let shift = DoubleDouble(isShifted ? 0.5 : 0)
      let start = trace.subtract(trace.multiply(from, scale), shift)
      let end = trace.subtract(trace.multiply(to, scale), shift)
      let step = trace.divide(trace.subtract(end, start), by: DoubleDouble(cells))
      return (0..<cells).map { index in
        var cell = Cell()
        for sample in 0..<number {
          let part = DoubleDouble(Double(sample) + 0.5)
          let corner = trace.add(start, trace.multiply(DoubleDouble(index), step))
          let place = trace.add(
            corner, trace.divide(trace.multiply(part, step), by: DoubleDouble(number)))
          let share = (DoubleDouble(index) + part / DoubleDouble(number)) / DoubleDouble(cells)
          add(place, exact: from * scale - shift + share * size, length, to: &cell)
        }
        return cell
      }
    }

    /// Adds a sample. Beyond the centres of the outermost elements it is left open, and counts here
    /// as most backends have it: as the border up to one element further, then as zero.
    private func add(
      _ place: DoubleDouble, exact: DoubleDouble, _ length: Int, to cell: inout Cell
    ) {
      let border = DoubleDouble(length - 1)
      // Noise must not push a sample on the border to the other side of it, nor the rounding of
      // the exact place, to some 100 bits.
      let slack = DoubleDouble(0x1p-60)
      if exact < -slack || exact > border + slack { cell.isOpen = true }
      let inside = place < .zero ? .zero : place > border ? border : place
      guard let axis = SampledAxis.linear(at: inside, trace) else { return }
      let isNear = exact >= -1 && exact <= DoubleDouble(length)
      cell.samples.append(axis.placed { isNear ? Swift.min($0, length - 1) : nil })
    }

    /// The samples along an axis of a cell; nil where rounding may decide.
    private func number(
      _ from: DoubleDouble, _ to: DoubleDouble, _ size: DoubleDouble, _ cells: Int
    ) throws(EvaluationError) -> Int? {
      guard ratio == 0 else { return ratio }
      let exact = size / DoubleDouble(cells)
      let nearest = exact.rounded(.toNearestOrEven)
      let reach = Swift.max((from * scale).high.magnitude, (to * scale).high.magnitude, 1)
      let isClose = (exact - nearest).magnitude.high <= 0x1p-18 * reach
      if isClose {
        // A quotient that every step computes exactly is itself the number.
        guard exact == nearest, [from, to, scale].allSatisfy(isShort) else { return nil }
      }
      let count = isClose ? nearest.high : exact.floor().high + 1
      guard count <= Double(Self.mostSamples) else {
        throw .unsupported("RoiAlign of more than \(Self.mostSamples) samples along an axis")
      }
      return Int(count)
    }

    /// Whether products and sums of such numbers are exact in 24 bits.
    private func isShort(_ x: DoubleDouble) -> Bool {
      let scaled = x * 64
      return scaled.high.magnitude <= 4096 && scaled == scaled.floor()
    }

    /// What a cell is reduced to; zero without samples.
    func pooled(
      _ values: [DoubleDouble], _ plane: Int, _ row: Cell, _ column: Cell, width: Int
    ) -> DoubleDouble {
      let samples = row.samples.flatMap { row in
        column.samples.map { column in
          SampledAxis.value(of: values, at: plane, [row, column], strides: [width, 1], trace)
        }
      }
      guard let first = samples.first else { return .zero }
      guard takesMaximum else {
        return trace.divide(trace.sum(samples), by: DoubleDouble(samples.count))
      }
      return samples.dropFirst().reduce(first) { $1.isNaN || $0 < $1 ? $1 : $0 }
    }
  }
}
