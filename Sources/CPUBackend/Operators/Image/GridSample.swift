import Tensors

/// The data at the places of a grid: single elements, or interpolated between neighbours.
///
/// Coordinates and weights are binary64, results are rounded once and those of integers cut off
/// towards zero. A place that is no number counts as outside. The cubic coefficient is -0.75.
enum GridSampleKernel: OperatorKernel {
  static let name = "GridSample"
  static let versions = [16, 20, 22]

  static func check(_ declaration: Declaration) throws(KernelError) {
    let settings = try GridSettings(declaration.attributes, version: declaration.version)
    guard settings.filter != nil, case .tensor(let type)? = declaration.inputTypes.first ?? nil
    else { return }
    try requireNumber(type)
  }

  private static func requireNumber(_ type: ElementType) throws(KernelError) {
    guard type.isFloat || type.isInteger else {
      throw .unsupported(.type, "\(type.onnxName) is not interpolated")
    }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (x, grid) = (try call.tensor(0), try call.tensor(1))
    let settings = try GridSettings(call.attributes, version: call.version)
    let axes = x.shape.count - 2
    guard axes >= 1, axes == 2 || call.version >= 20, grid.shape.count == x.shape.count,
      grid.shape[0] == x.shape[0], grid.shape[axes + 1] == axes
    else { throw .invalidInput("data of shape \(x.shape), a grid of \(grid.shape)") }
    guard axes <= 6 else { throw .unsupported(.rank, "GridSample over \(axes) axes") }
    let (lengths, output) = (Array(x.shape[2...]), Array(grid.shape[1...axes]))
    let shape = Array(x.shape[..<2]) + output
    let count = try Allocation.count(of: shape, type: .f64)
    guard count == 0 || !lengths.contains(0) else {
      throw .unsupported(.shape, "samples of data of shape \(x.shape)")
    }
    let places = try grid.reals(Double.self)
    let plan = Plan(
      settings: settings, lengths: lengths, places: places, count: output.reduce(1, *),
      images: count == 0 ? 0 : x.shape[0], channels: x.shape[1])
    guard let filter = settings.filter else {
      return [.tensor(try Selection(plan.nearest()).tensor(of: x, shape: shape))]
    }
    try requireNumber(x.type)
    guard x.type.isInteger else {
      let values = plan.interpolated(try x.reals(Double.self), filter)
      return [.tensor(try .rounding(values, to: x.type, shape))]
    }
    let values = plan.interpolated((x.integers ?? []).map { Double($0) }, filter)
    guard case .integer(let bits, let signed) = x.type.meaning,
      let tensor = Tensor(
        type: x.type, shape: shape,
        wrapping: values.map {
          Int128(IntegerRange(bits: bits, signed: signed).truncating($0))
        })
    else { throw .internalError("\(values.count) elements for shape \(shape)") }
    return [.tensor(tensor)]
  }

  /// One call with shapes that fit.
  private struct Plan {
    let settings: GridSettings
    let lengths: [Int]
    let places: [Double]
    /// Places of an image.
    let count: Int
    let images: Int
    let channels: Int

    /// The coordinate of a place along an axis; the innermost axis comes first in the grid.
    private func coordinate(_ place: Int, _ axis: Int) -> Double {
      settings.coordinate(
        places[(place + 1) * lengths.count - 1 - axis], length: lengths[axis])
    }

    /// The position of the element for each of the output, or that of a zero.
    func nearest() -> [Int] {
      let strides = lengths.rowMajorStrides
      let elements = (0..<images * count).map { place -> Int in
        var position = 0
        for axis in lengths.indices {
          let x = coordinate(place, axis).rounded(.toNearestOrEven)
          guard abs(x) < 0x1p50,
            let index = settings.element(Int(x), length: lengths[axis])
          else { return Selection.filled }
          position += index * strides[axis]
        }
        return position
      }
      return forEachPlane { place, plane in
        elements[place] == Selection.filled ? Selection.filled : plane + elements[place]
      }
    }

    func interpolated(_ x: [Double], _ filter: ResizeFilter) -> [Double] {
      let strides = lengths.rowMajorStrides
      let points = (0..<images * count).map { place in
        lengths.indices.reduce(into: SamplingPoint()) { point, axis in
          let length = lengths[axis]
          let x = settings.bounded(coordinate(place, axis), length: length)
          let neighbours = SamplingPoint.neighbours(of: x, filter).compactMap { neighbour in
            settings.element(neighbour.index, length: length).map { ($0, neighbour.weight) }
          }
          point.weigh(neighbours, stride: strides[axis])
        }
      }
      return forEachPlane { points[$0].value(of: x, plane: $1) }
    }

    private func forEachPlane<Result>(_ body: (_ place: Int, _ plane: Int) -> Result) -> [Result] {
      let volume = lengths.reduce(1, *)
      return (0..<images * channels).flatMap { plane in
        (0..<count).map { body(plane / channels * count + $0, plane * volume) }
      }
    }
  }
}
