import Tensors

/// The inputs of Resize that state how long the axes of the result are.
struct ResizeSizes {
  private let input: Shape
  /// The axes that `roi`, `scales` and `sizes` speak of.
  private let axes: [Int]
  private let scales: [Double]?
  private let sizes: [Int]?
  /// Starts, then ends.
  private let region: [Double]?
  private let policy: String

  init(_ call: Call, _ input: Shape) throws(KernelError) {
    self.input = input
    let rank = input.count
    axes = try Axes.normalised(try call.ints("axes") ?? Array(0..<rank), rank: rank)
    policy = try call.attributes.choice(
      "keep_aspect_ratio_policy", of: ["stretch", "not_larger", "not_smaller"],
      default: "stretch")
    let first = call.version <= 10 ? 1 : 2
    let factors = try Self.reals(call, first)
    let stated = try call.version <= 10 ? nil : call.integers(3)
    scales = factors
    // Before version 13 an unused input is an empty tensor, later also an omitted one.
    sizes = stated.flatMap { $0.isEmpty && factors != nil ? nil : $0 }
    region = try call.version <= 10 ? nil : Self.reals(call, 1)
    guard (scales == nil) != (sizes == nil) || rank == 0 else {
      throw .invalidInput("exactly one of scales and sizes is needed")
    }
    for count in [scales?.count, sizes?.count, region.map { $0.count / 2 }] {
      guard count ?? axes.count == axes.count else {
        throw .invalidInput("\(count ?? 0) scales, sizes or regions for \(axes.count) axes")
      }
    }
  }

  /// The values of a floating-point input; nil when it is omitted or empty.
  private static func reals(_ call: Call, _ position: Int) throws(KernelError) -> [Double]? {
    guard let tensor = try call.optionalTensor(position), tensor.count > 0 else { return nil }
    return try tensor.reals(Double.self)
  }

  /// All axes of the input; those not spoken of keep their length.
  func axes(isCropped: Bool) throws(KernelError) -> [ResizeAxis] {
    var result = input.map {
      ResizeAxis(input: $0, output: $0, scale: 1, exactOutput: Double($0), region: (0, 1))
    }
    let common = commonScale()
    for (position, axis) in axes.enumerated() {
      let region = try region(position, isCropped: isCropped)
      if let sizes {
        result[axis] = try sized(input[axis], sizes[position], common, region)
      } else {
        result[axis] = try scaled(input[axis], scales?[position] ?? 1, region)
      }
    }
    return result
  }

  private func region(
    _ position: Int, isCropped: Bool
  ) throws(KernelError) -> (start: Double, end: Double) {
    guard isCropped else { return (0, 1) }
    guard let region else { throw .invalidInput("tf_crop_and_resize needs roi") }
    return (region[position], region[position + axes.count])
  }

  private func scaled(
    _ length: Int, _ scale: Double, _ region: (start: Double, end: Double)
  ) throws(KernelError) -> ResizeAxis {
    guard scale > 0, scale.isFinite else {
      throw .invalidInput("scale \(scale) must be positive")
    }
    let exact = Double(length) * (region.end - region.start) * scale
    guard exact >= 0, exact <= Double(WindowAxis.limit) else {
      throw .invalidInput("an axis of \(length) elements scaled to \(exact)")
    }
    return ResizeAxis(
      input: length, output: Int(exact), scale: scale, exactOutput: exact, region: region)
  }

  private func sized(
    _ length: Int, _ size: Int, _ common: Double?, _ region: (start: Double, end: Double)
  ) throws(KernelError) -> ResizeAxis {
    guard size >= 0, size <= WindowAxis.limit else {
      throw .invalidInput("an axis of \(size) elements")
    }
    guard let common, common > 0 else {
      // An empty axis has no scale, and no element of the result asks for one.
      let scale = length > 0 && size > 0 ? Double(size) / Double(length) : 1
      return ResizeAxis(
        input: length, output: size, scale: scale, exactOutput: Double(size), region: region)
    }
    let exact = common * Double(length)
    guard exact <= Double(WindowAxis.limit) else {
      throw .invalidInput("an axis of \(length) elements scaled to \(exact)")
    }
    return ResizeAxis(
      input: length, output: Int((exact + 0.5).rounded(.down)), scale: common,
      exactOutput: exact, region: region)
  }

  /// The scale of all axes when the aspect ratio is kept.
  private func commonScale() -> Double? {
    guard policy != "stretch", let sizes else { return nil }
    let ratios = zip(axes, sizes).filter { input[$0.0] > 0 }
      .map { Double($0.1) / Double(input[$0.0]) }
    return policy == "not_larger" ? ratios.min() : ratios.max()
  }
}
