import ExtendedArithmetic
import Tensors

/// Shapes, modes and coordinates of one call of GridSample.
struct GridPlan {
  enum Mode { case nearest, linear, cubic }
  enum Padding: String { case zeros, border, reflection }

  let mode: Mode
  let images: Int
  let channels: Int
  /// Lengths of the spatial axes of the data.
  let input: Shape
  /// The same of the output.
  let output: Shape
  let trace: Trace
  private let padding: Padding
  private let isAligned: Bool
  private let breaksTies: Bool

  var shape: Shape { [images, channels] + output }

  init(_ call: Call, _ x: Shape, _ grid: Shape) throws(EvaluationError) {
    let axes = x.count - 2
    guard axes >= 1, grid.count == x.count, grid[0] == x[0], grid[x.count - 1] == axes else {
      throw .invalid("GridSample of \(x) at places of the shape \(grid)")
    }
    guard call.version >= 20 || axes == 2 else {
      throw .invalid("GridSample-16 of \(axes) spatial axes")
    }
    // Cubic neighbours are 4 to the power of the axes.
    guard axes <= 6 else { throw .unsupported("GridSample over \(axes) spatial axes") }
    let words: [(String, Mode)] =
      call.version < 20
      ? [("bilinear", .linear), ("nearest", .nearest), ("bicubic", .cubic)]
      : [("linear", .linear), ("nearest", .nearest), ("cubic", .cubic)]
    let word = try call.string("mode", default: words[0].0)
    guard let mode = words.first(where: { $0.0 == word })?.1,
      let padding = Padding(rawValue: try call.string("padding_mode", default: "zeros"))
    else { throw .invalid("GridSample-\(call.version) knows no mode \"\(word)\" of its padding") }
    (self.mode, self.padding) = (mode, padding)
    isAligned = try call.flag("align_corners")
    breaksTies = call.version >= 20
    (images, channels, input) = (x[0], x[1], Shape(x[2...]))
    output = Shape(grid[1..<(grid.count - 1)])
    trace = call.trace
    let count = try call.boundedCount(of: [images, channels] + output)
    guard count == 0 || padding == .zeros || !input.contains(0) else {
      throw .unsupported("GridSample of data without elements, which has no border")
    }
    _ = try call.boundedCount(of: input)
  }

  /// The number of a place that belongs to an axis: the innermost axis comes first.
  private func number(_ axis: Int, _ places: [DoubleDouble], _ place: Int) -> DoubleDouble {
    places[place + input.count - 1 - axis]
  }

  /// The first and last coordinate that lies inside.
  private func edges(_ length: Int) -> (low: DoubleDouble, high: DoubleDouble) {
    isAligned
      ? (.zero, DoubleDouble(length - 1)) : (-0.5, DoubleDouble(Double(length) - 0.5))
  }

  private func coordinate(_ number: DoubleDouble, _ length: Int) -> DoubleDouble {
    let shifted = trace.add(number, .one)
    guard !isAligned else {
      return trace.multiply(shifted, DoubleDouble(length - 1)) * 0.5
    }
    return trace.subtract(trace.multiply(shifted, DoubleDouble(length)), .one) * 0.5
  }

  /// The neighbours along an axis with their weights; nil where they are left open.
  func neighbours(_ axis: Int, _ places: [DoubleDouble], _ place: Int) -> SampledAxis? {
    let (length, number) = (input[axis], number(axis, places, place))
    guard number.isFinite else { return nil }
    var x = coordinate(number, length)
    let (low, high) = edges(length)
    let isOutside = x < low || x > high
    switch padding {
    case .zeros:
      // Beyond these every neighbour is outside, wherever it lies.
      x = clamped(x, DoubleDouble(-4), DoubleDouble(length + 4))
    case .border:
      if isOutside, mode == .cubic { return nil }
      x = clamped(x, DoubleDouble(-4), DoubleDouble(length + 4))
    case .reflection:
      if isOutside { x = reflected(x, low, high) }
    }
    let sampled =
      mode == .cubic ? SampledAxis.cubic(at: x, trace) : SampledAxis.linear(at: x, trace)
    return sampled?.placed { inside($0, length) }
  }

  /// What stands nearest to a place along one axis.
  enum Nearest {
    case element(Int)
    /// An element outside, which counts as zero.
    case zero
    case open

    init(_ element: Int?) { self = element.map { .element($0) } ?? .zero }
  }

  func nearest(_ axis: Int, _ places: [DoubleDouble], _ place: Int) -> Nearest {
    let (length, number) = (input[axis], number(axis, places, place))
    guard number.isFinite else { return .open }
    let exact = coordinate(number, length)
    let (low, high) = edges(length)
    guard exact.high.magnitude < 0x1p40 else {
      if padding == .reflection { return .open }
      return Nearest(inside(exact < .zero ? -1 : length, length))
    }
    let below = exact.floor()
    let (first, second) = (Int(below.high), Int(below.high) + 1)
    if inside(first, length) == inside(second, length) { return Nearest(inside(first, length)) }
    let distance = exact - below - DoubleDouble(0.5)
    let reach = Swift.max(1, exact.high.magnitude, Double(length))
    if distance.magnitude.high <= reach * 0x1p-18 {
      let isOutside = exact < low || exact > high
      let isDecided = distance.isZero ? breaksTies && !(isOutside && padding == .reflection) : true
      guard isDecided, isShort(number), length <= 1024 else { return .open }
    }
    return Nearest(inside(Int(exact.rounded(.toNearestOrEven).high), length))
  }

  /// Whether every order of computing a coordinate from the number is exact in 24 bits.
  private func isShort(_ number: DoubleDouble) -> Bool {
    let scaled = number * 256
    return scaled.high.magnitude <= 1024 && scaled == scaled.floor()
  }

  /// The element that stands for a whole coordinate; nil for one that counts as zero.
  private func inside(_ index: Int, _ length: Int) -> Int? {
    if 0..<length ~= index { return index }
    switch padding {
    case .zeros: return nil
    case .border: return Swift.min(Swift.max(index, 0), length - 1)
    case .reflection:
      guard length > 1 || !isAligned else { return 0 }
      // One period: forwards and back, the outermost elements once or twice.
      let period = isAligned ? 2 * (length - 1) : 2 * length
      let rest = ((index % period) + period) % period
      return rest < length ? rest : period - rest - (isAligned ? 0 : 1)
    }
  }

  private func clamped(
    _ x: DoubleDouble, _ low: DoubleDouble, _ high: DoubleDouble
  ) -> DoubleDouble {
    x < low ? low : x > high ? high : x
  }

  /// The coordinate mirrored at the edges until it lies between them.
  private func reflected(
    _ x: DoubleDouble, _ low: DoubleDouble, _ high: DoubleDouble
  ) -> DoubleDouble {
    let span = high - low
    guard span > .zero else { return low }
    let distance = trace.subtract(x, low)
    let turns = (distance / (span + span)).floor()
    let rest = distance - turns * (span + span)
    return trace.add(low, rest > span ? span + span - rest : rest)
  }
}
