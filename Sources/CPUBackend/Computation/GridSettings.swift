/// What the attributes of GridSample say.
struct GridSettings {
  /// What stands for elements outside of the data.
  enum Padding: String, CaseIterable { case zeros, border, reflection }

  /// Nil where the nearest element is taken.
  let filter: ResizeFilter?
  private let padding: Padding
  private let isAligned: Bool

  init(_ attributes: Attributes, version: Int) throws(KernelError) {
    let words = version < 20 ? ["bilinear", "nearest", "bicubic"] : ["linear", "nearest", "cubic"]
    let word = try attributes.choice("mode", of: words, default: words[0])
    let cubic = ResizeFilter(
      mode: .cubic(-0.75), isAntialiased: false, areOutsideExcluded: false)
    filter = word == words[0] ? .linear : word == words[2] ? cubic : nil
    let padding = try attributes.choice(
      "padding_mode", of: Padding.allCases.map(\.rawValue), default: Padding.zeros.rawValue)
    self.padding = Padding(rawValue: padding) ?? .zeros
    isAligned = try attributes.flag("align_corners", default: false)
  }

  /// The coordinate that a number of the grid names: -1 and 1 are the ends of the axis.
  func coordinate(_ number: Double, length: Int) -> Double {
    isAligned
      ? (number + 1) / 2 * Double(length - 1) : ((number + 1) * Double(length) - 1) / 2
  }

  /// The coordinate where values are interpolated: under `border` and `reflection` not outside.
  func bounded(_ x: Double, length: Int) -> Double {
    let (low, high) = isAligned ? (0, Double(length - 1)) : (-0.5, Double(length) - 0.5)
    guard x < low || x > high else { return x }
    switch padding {
    case .zeros: return x
    case .border: return min(max(x, 0), Double(length - 1))
    case .reflection:
      let span = high - low
      guard span > 0 else { return low }
      let rest = abs(x - low).truncatingRemainder(dividingBy: 2 * span)
      return low + (rest > span ? 2 * span - rest : rest)
    }
  }

  /// The element that stands at an index; nil for a zero.
  func element(_ index: Int, length: Int) -> Int? {
    if index >= 0, index < length { return index }
    switch padding {
    case .zeros: return nil
    case .border: return min(max(index, 0), length - 1)
    case .reflection:
      // Distance from the element or edge at the front, within one period of there and back.
      let period = max(1, isAligned ? 2 * (length - 1) : 2 * length)
      let distance = (isAligned || index >= 0 ? abs(index) : -1 - index) % period
      let last = isAligned ? period : period - 1
      return distance < length ? distance : last - distance
    }
  }
}
