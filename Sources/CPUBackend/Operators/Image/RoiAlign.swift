import Tensors

/// The mean or the maximum of samples between the elements, over a grid of cells in each region.
///
/// Coordinates, weights and means are binary64. Samples up to one element outside of the image
/// repeat its border, those further away are zero. Without a shift a region is at least one
/// element large; one without extent has no samples and is zero.
enum RoiAlignKernel: OperatorKernel {
  static let name = "RoiAlign"
  static let versions = [10, 16, 22]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try Settings(declaration.attributes, version: declaration.version)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, rois, batches) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
    guard x.shape.count == 4, rois.shape.count == 2, rois.shape[1] == 4,
      batches.shape == [rois.shape[0]]
    else {
      throw .invalidInput("image \(x.shape), regions \(rois.shape), batch \(batches.shape)")
    }
    let settings = try Settings(call.attributes, version: call.version)
    let shape = [rois.shape[0], x.shape[1], settings.rows, settings.columns]
    let count = try Allocation.count(of: shape, type: .f64)
    let (values, corners) = (try x.reals(Double.self), try rois.reals(Double.self))
    let images = try batches.indexValues(of: "batch_indices")
    for image in images where image < 0 || image >= x.shape[0] {
      throw .invalidInput("image \(image) of \(x.shape[0])")
    }
    var results: [Double] = []
    results.reserveCapacity(count)
    for roi in 0..<rois.shape[0] where count > 0 {
      let row = corners[4 * roi..<4 * roi + 4].map { $0 }
      let rows = try settings.samples(row[1], row[3], settings.rows, x.shape[2])
      let columns = try settings.samples(row[0], row[2], settings.columns, x.shape[3])
      for channel in 0..<x.shape[1] {
        let plane = (images[roi] * x.shape[1] + channel) * x.shape[2] * x.shape[3]
        for row in rows {
          for column in columns {
            results.append(settings.pooled(values, plane, row, column, width: x.shape[3]))
          }
        }
      }
    }
    return [.tensor(try .rounding(results, to: x.type, shape))]
  }

  /// The elements on both sides of a sample along an axis; none for one that is outside.
  private typealias Sample = [(index: Int, weight: Double)]

  private struct Settings {
    /// Samples along an axis of a cell.
    private static let mostSamples = 1024

    let rows: Int
    let columns: Int
    private let ratio: Int
    private let scale: Double
    private let isShifted: Bool
    private let takesMaximum: Bool

    init(_ attributes: Attributes, version: Int) throws(KernelError) {
      rows = try attributes.int("output_height", default: 1)
      columns = try attributes.int("output_width", default: 1)
      ratio = try attributes.int("sampling_ratio", default: 0)
      scale = Double(try attributes.float("spatial_scale", default: 1))
      takesMaximum = try attributes.choice("mode", of: ["avg", "max"], default: "avg") == "max"
      let shift = try attributes.choice(
        "coordinate_transformation_mode", of: ["half_pixel", "output_half_pixel"],
        default: version < 16 ? "output_half_pixel" : "half_pixel")
      isShifted = shift == "half_pixel"
      guard rows >= 1, columns >= 1, ratio >= 0 else {
        throw .invalidModel("a grid of \(rows)×\(columns) cells with \(ratio) samples")
      }
      guard ratio <= Self.mostSamples else {
        throw .unsupported(.attribute, "sampling_ratio is \(ratio)")
      }
    }

    /// The samples of each cell along one axis.
    func samples(
      _ start: Double, _ end: Double, _ cells: Int, _ length: Int
    ) throws(KernelError) -> [[Sample]] {
      let first = start * scale - (isShifted ? 0.5 : 0)
      let size = isShifted ? (end - start) * scale : max((end - start) * scale, 1)
      let step = size / Double(cells)
      let number = ratio > 0 ? Double(ratio) : step.rounded(.up)
      guard number > 0 else { return Array(repeating: [], count: cells) }
      guard number <= Double(Self.mostSamples) else {
        throw .unsupported(.shape, "a region of \(size) elements")
      }
      return (0..<cells).map { cell in
        (0..<Int(number)).map { sample in
          let offset = (Double(cell) + (Double(sample) + 0.5) / number) * step
          return neighbours(of: first + offset, length)
        }
      }
    }

    private func neighbours(of x: Double, _ length: Int) -> Sample {
      guard x >= -1, x <= Double(length), length > 0 else { return [] }
      return SamplingPoint.neighbours(of: min(max(x, 0), Double(length - 1)), .linear)
    }

    func pooled(
      _ x: [Double], _ plane: Int, _ rows: [Sample], _ columns: [Sample], width: Int
    ) -> Double {
      guard !rows.isEmpty, !columns.isEmpty else { return 0 }
      var (sum, greatest) = (0.0, -Double.infinity)
      for row in rows {
        for column in columns {
          var point = SamplingPoint()
          point.weigh(row, stride: width)
          point.weigh(column, stride: 1)
          let value = point.value(of: x, plane: plane)
          sum += value
          greatest = value > greatest || value.isNaN ? value : greatest
        }
      }
      return takesMaximum ? greatest : sum / Double(rows.count * columns.count)
    }
  }
}
