import CPUBackend
import Tensors

/// For each window over a plane the taps inside of the plane and the elements they read.
struct WindowTaps {
  /// One tap of a window.
  struct Tap {
    /// The number of the tap within the window.
    let tap: Int
    /// The element of the plane.
    let position: Int
  }

  /// By window, in row-major order.
  let taps: [[Tap]]

  init(_ axes: [WindowAxis]) {
    let kernel = axes.map(\.kernel)
    let input = axes.map(\.input)
    let output = axes.map(\.output)
    let strides = input.rowMajorStrides
    let offsets = (0..<(kernel.elementCount ?? 0)).map { kernel.index(ofLinear: $0) }
    taps = (0..<(output.elementCount ?? 0)).map { number in
      let window = output.index(ofLinear: number)
      return offsets.enumerated().compactMap { tap, offset in
        var position = 0
        for (axis, place) in axes.enumerated() {
          let coordinate = place.coordinate(window: window[axis], tap: offset[axis])
          guard coordinate >= 0, coordinate < place.input else { return nil }
          position += coordinate * strides[axis]
        }
        return Tap(tap: tap, position: position)
      }
    }
  }

  /// For each of the plane's elements the windows that read it, each with the tap it does so by;
  /// here `position` is the window.
  func readers(planeCount: Int) -> [[Tap]] {
    var readers = [[Tap]](repeating: [], count: planeCount)
    for (window, taps) in taps.enumerated() {
      for tap in taps { readers[tap.position].append(Tap(tap: tap.tap, position: window)) }
    }
    return readers
  }
}
