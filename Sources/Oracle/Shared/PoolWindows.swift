import Tensors

/// The windows of a pool over every plane of an input N×C×D1×….
struct PoolWindows {
  let windows: Windows
  let planes: Planes
  /// The output's shape.
  let shape: Shape

  /// Reads `kernel_shape` and the attributes of windows.
  init(_ call: Call, _ x: ExactTensor) throws(EvaluationError) {
    planes = try Planes(call, x)
    guard let kernel = try call.ints("kernel_shape") else {
      throw .invalid("\(call.node.operatorName) needs a kernel_shape")
    }
    windows = try Windows(call, input: Shape(x.shape[2...]), kernel: kernel)
    shape = [x.shape[0], x.shape[1]] + windows.output
  }

  /// What the body makes of each window, in the order of the output: the positions of its elements
  /// in the input, and its index.
  func map<Result>(_ body: (_ positions: [Int], _ index: [Int]) -> Result) -> [Result] {
    (0..<planes.count).flatMap { plane in
      (0..<(windows.output.elementCount ?? 0)).map { place in
        let index = windows.output.index(ofLinear: place)
        return body(windows.taps(at: index).map { plane * planes.area + $0.position }, index)
      }
    }
  }
}
