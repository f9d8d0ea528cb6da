import Tensors

/// The planes of a tensor N×C×D1×…: the elements of one image and channel.
struct Planes {
  /// Of the tensor that has one element for each plane: N×C×1×….
  let reduced: Shape
  let channels: Int
  /// Elements of a plane.
  let area: Int
  /// N·C.
  let count: Int

  init(_ call: Call, _ x: ExactTensor) throws(EvaluationError) {
    guard x.rank >= 3 else {
      throw .invalid("\(call.node.operatorName) needs an input of rank 3 or more")
    }
    channels = x.shape[1]
    area = x.shape[2...].reduce(1, *)
    count = x.shape[0] * x.shape[1]
    reduced = [x.shape[0], x.shape[1]] + x.shape[2...].map { _ in 1 }
  }

  /// Row-major positions of a plane's elements.
  func positions(_ plane: Int) -> Range<Int> { plane * area..<(plane + 1) * area }
}
