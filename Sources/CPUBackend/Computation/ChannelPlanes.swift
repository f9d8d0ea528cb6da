package import Tensors

/// The planes of a tensor N×C×D1×…, one for each image and channel.
package struct ChannelPlanes: Sendable {
  package let channels: Int
  /// Elements of a plane.
  package let area: Int
  /// N·C.
  package let count: Int
  /// The shape with one element for each plane.
  package let reducedShape: Shape

  /// - Throws: `invalidInput` below rank 3, `outOfMemory` when a product of dimensions is too large.
  package init(_ shape: Shape) throws(KernelError) {
    guard shape.count >= 3 else { throw .invalidInput("the input has shape \(shape)") }
    channels = shape[1]
    area = try Allocation.count(of: Array(shape[2...]), type: .u8)
    count = try Allocation.count(of: Array(shape[..<2]), type: .u8)
    reducedShape = Array(shape[..<2]) + shape[2...].map { _ in 1 }
  }

  /// The value of the body for every plane.
  package func reduce<Element, Result>(
    _ x: [Element], _ body: (UnsafeBufferPointer<Element>) -> Result
  ) -> [Result] {
    x.withUnsafeBufferPointer { x in
      (0..<count).map { plane in
        body(UnsafeBufferPointer(rebasing: x[plane * area..<(plane + 1) * area]))
      }
    }
  }
}
