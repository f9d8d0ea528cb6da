import Tensors

/// The windows over one plane, axis by axis, as loops over them need them.
package struct SlidingWindows: Sendable {
  package let axes: [WindowAxis]
  /// Taps of a window; at most `Int.max`.
  package let tapCount: Int
  /// Elements of one plane of the input.
  package let inputCount: Int
  /// Windows over one plane.
  package let outputCount: Int

  /// - Throws: `invalidInput` without an axis, `outOfMemory` when a plane of the input or of the
  ///   windows is too large.
  package init(axes: [WindowAxis]) throws(KernelError) {
    guard !axes.isEmpty else { throw .invalidInput("the input has no spatial axis") }
    self.axes = axes
    inputCount = try Allocation.count(of: axes.map(\.input), type: .u8)
    outputCount = try Allocation.count(of: axes.map(\.output), type: .u8)
    tapCount = axes.map(\.kernel).elementCount ?? Int.max
  }

  /// The windows of a convolution or pool.
  ///
  /// - Throws: As above.
  package init(_ geometry: WindowGeometry) throws(KernelError) {
    try self.init(
      axes: geometry.input.indices.map { axis in
        WindowAxis(
          input: geometry.input[axis], output: geometry.output[axis],
          kernel: geometry.kernel[axis], stride: geometry.strides[axis],
          dilation: geometry.dilations[axis], padBegin: geometry.begins[axis],
          padEnd: geometry.ends[axis])
      })
  }

  /// Whether window p reads element p and nothing else.
  package var isPointwise: Bool {
    axes.allSatisfy {
      $0.kernel == 1 && $0.stride == 1 && $0.padBegin == 0 && $0.input == $0.output
    }
  }
}
