/// One spatial axis of a sliding window, as convolutions and pools use it.
///
/// Tap `t` of window `p` reads the coordinate `p·stride − padBegin + t·dilation`; coordinates outside
/// of the input are padding. All values are at most 2^31, so that no product overflows.
package struct WindowAxis: Hashable, Sendable {
  /// Elements of the input along the axis.
  package let input: Int
  /// Windows along the axis.
  package let output: Int
  /// Taps of a window.
  package let kernel: Int
  package let stride: Int
  package let dilation: Int
  /// Elements of padding in front of the input; negative values cut the input off.
  package let padBegin: Int
  /// Elements of padding behind the input.
  package let padEnd: Int

  /// The greatest value of an attribute of a window.
  package static let limit = Int(Int32.max)

  /// Elements from the first tap of a window to its last one.
  package var extent: Int { (kernel - 1) * dilation + 1 }

  /// The coordinate a tap of a window reads.
  package func coordinate(window: Int, tap: Int) -> Int {
    window * stride - padBegin + tap * dilation
  }

  /// The taps of a window that lie inside of the input.
  package func taps(ofWindow window: Int) -> Range<Int> {
    let start = coordinate(window: window, tap: 0)
    return Self.steps(from: start, by: dilation, count: kernel, inside: input)
  }

  /// The number of taps of a window that lie inside of the input or its padding.
  package func paddedTapCount(ofWindow window: Int) -> Int {
    let start = coordinate(window: window, tap: 0) + padBegin
    let length = padBegin + input + padEnd
    return Self.steps(from: start, by: dilation, count: kernel, inside: length).count
  }

  /// The windows whose given tap lies inside of the input.
  package func windows(readingTap tap: Int) -> Range<Int> {
    let start = coordinate(window: 0, tap: tap)
    return Self.steps(from: start, by: stride, count: output, inside: input)
  }

  /// The steps s with `0 <= start + s·step < length`.
  private static func steps(
    from start: Int, by step: Int, count: Int, inside length: Int
  ) -> Range<Int> {
    let first = start >= 0 ? 0 : (-start + step - 1) / step
    let end = start >= length ? 0 : (length - 1 - start) / step + 1
    let last = min(count, end)
    return first < last ? first..<last : 0..<0
  }
}
