import Tensors

/// Visits windows over one plane and the elements of the plane that each window sees.
package struct WindowWalk: Sendable {
  private let axes: [WindowAxis]
  private let strides: [Int]

  package init(_ windows: SlidingWindows) {
    axes = windows.axes
    strides = windows.axes.map(\.input).rowMajorStrides
  }

  /// Visits every window in row-major order with its number and its index along each axis.
  package func forEachWindow(_ body: (_ number: Int, _ index: [Int]) -> Void) {
    guard axes.allSatisfy({ $0.output > 0 }) else { return }
    var index = [Int](repeating: 0, count: axes.count)
    var number = 0
    while true {
      body(number, index)
      number += 1
      var axis = axes.count - 1
      while axis >= 0 {
        index[axis] += 1
        if index[axis] < axes[axis].output { break }
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  /// Visits the elements of a window inside the plane in row-major order, run by run.
  package func forEachRun(
    ofWindow index: [Int], _ body: (_ start: Int, _ step: Int, _ count: Int) -> Void
  ) {
    visit(0, 0, index, body)
  }

  private func visit(
    _ axis: Int, _ offset: Int, _ index: [Int],
    _ body: (_ start: Int, _ step: Int, _ count: Int) -> Void
  ) {
    let taps = axes[axis].taps(ofWindow: index[axis])
    guard !taps.isEmpty else { return }
    let first = axes[axis].coordinate(window: index[axis], tap: taps.lowerBound)
    let start = offset + first * strides[axis]
    let step = axes[axis].dilation * strides[axis]
    guard axis < axes.count - 1 else { return body(start, step, taps.count) }
    for tap in 0..<taps.count { visit(axis + 1, start + tap * step, index, body) }
  }
}
