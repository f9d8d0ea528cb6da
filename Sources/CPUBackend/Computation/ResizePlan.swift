package import Tensors

/// The attributes and sizes of one Resize call.
package struct ResizePlan: Sendable {
  /// How a coordinate becomes one element in mode `nearest`.
  package enum Rounding: String, CaseIterable, Sendable {
    case halfDown = "round_prefer_floor"
    case halfUp = "round_prefer_ceil"
    case floor
    case ceil
    /// Version 10: down when enlarging, up when shrinking.
    case outward
  }

  package let axes: [ResizeAxis]
  package let transformation: ResizeAxis.Transformation
  package let rounding: Rounding
  /// Nil for mode `nearest`.
  package let filter: ResizeFilter?
  package let extrapolation: Double

  /// The shape of the result.
  package var shape: Shape { axes.map(\.output) }

  /// - Throws: `invalidModel` for attributes, `invalidInput` for sizes, scales or regions.
  package init(_ call: Call, _ input: Shape) throws(KernelError) {
    let isFirst = call.version <= 10
    let attributes = call.attributes
    let word = try attributes.choice(
      "coordinate_transformation_mode", of: Self.transformations(call.version),
      default: (isFirst ? ResizeAxis.Transformation.asymmetric : .halfPixel).rawValue)
    transformation = ResizeAxis.Transformation(rawValue: word) ?? .halfPixel
    let nearest = try attributes.choice(
      "nearest_mode", of: Rounding.allCases.map(\.rawValue).filter { $0 != "outward" },
      default: Rounding.halfDown.rawValue)
    rounding = isFirst ? .outward : Rounding(rawValue: nearest) ?? .halfDown
    filter = try Self.filter(call)
    extrapolation = Double(try call.float("extrapolation_value", default: 0))
    axes = try ResizeSizes(call, input).axes(isCropped: transformation == .cropAndResize)
    let shape = axes.map(\.output)
    _ = try Allocation.count(of: shape, type: .f64)
    guard shape.contains(0) || !input.contains(0) else {
      throw .invalidInput("shape \(input) without elements cannot become \(shape)")
    }
  }

  private static func transformations(_ version: Int) -> [String] {
    ResizeAxis.Transformation.allCases.filter {
      switch $0 {
      case .halfPixelForNearest: version < 18
      case .halfPixelSymmetric: version >= 19
      default: true
      }
    }.map(\.rawValue)
  }

  private static func filter(_ call: Call) throws(KernelError) -> ResizeFilter? {
    let modes = call.version <= 10 ? ["nearest", "linear"] : ["nearest", "linear", "cubic"]
    let word = try call.attributes.choice("mode", of: modes, default: "nearest")
    let constant = Double(try call.float("cubic_coeff_a", default: -0.75))
    let isAntialiased = try call.flag("antialias", default: false)
    let areOutsideExcluded = try call.flag("exclude_outside", default: false)
    guard word != "nearest" else { return nil }
    return ResizeFilter(
      mode: word == "linear" ? .linear : .cubic(constant), isAntialiased: isAntialiased,
      areOutsideExcluded: areOutsideExcluded)
  }

  /// Whether the result at this coordinate is the extrapolation value.
  package func isOutside(_ coordinate: Double, _ axis: ResizeAxis) -> Bool {
    transformation == .cropAndResize
      && !(coordinate >= 0 && coordinate <= Double(axis.input - 1))
  }

  /// The element that mode `nearest` takes; nil for the extrapolation value.
  package func nearest(_ position: Int, _ axis: ResizeAxis) -> Int? {
    let x = axis.coordinate(position, transformation)
    if isOutside(x, axis) { return nil }
    let whole: Double
    switch rounding {
    case .halfDown: whole = x - x.rounded(.down) <= 0.5 ? x.rounded(.down) : x.rounded(.up)
    case .halfUp: whole = x - x.rounded(.down) < 0.5 ? x.rounded(.down) : x.rounded(.down) + 1
    case .floor: whole = x.rounded(.down)
    case .ceil: whole = x.rounded(.up)
    case .outward: whole = x.rounded(axis.scale < 1 ? .up : .down)
    }
    return Int(min(max(whole, 0), Double(axis.input - 1)))
  }
}
