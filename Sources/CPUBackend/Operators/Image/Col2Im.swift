import Tensors

/// Blocks of an image, given as columns, put back to their places; where they overlap, they add up.
///
/// Types of 16 bits are added in `Float` and rounded once, integers wrap around. Texts and truth
/// values are taken only where every element of the image is in one block.
enum Col2ImKernel: OperatorKernel {
  static let name = "Col2Im"
  static let versions = [18]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let image = try list(call, 1)
    let block = try list(call, 2)
    guard image.count >= 2, block.count == image.count, x.shape.count == 3 else {
      throw .invalidInput("columns of shape \(x.shape) for the image \(image), blocks \(block)")
    }
    let windows = try SlidingWindows(
      try WindowGeometry(call.attributes, input: image, kernel: block))
    let volume = windows.tapCount
    guard x.shape[1] % volume == 0, windows.outputCount == x.shape[2] else {
      throw .invalidInput("\(windows.outputCount) blocks of \(volume) from shape \(x.shape)")
    }
    let shape = [x.shape[0], x.shape[1] / volume] + image
    let count = try Allocation.count(of: shape, type: .c128)
    let (kept, starts) = places(windows, planes: x.shape[0] * (x.shape[1] / volume))
    return [.tensor(try folded(x, kept, starts, shape, count))]
  }

  private static func list(_ call: Call, _ position: Int) throws(KernelError) -> [Int] {
    guard let values = try call.integers(position), try call.tensor(position).shape.count == 1
    else { throw .invalidInput("input \(position) is no list of lengths") }
    return values
  }

  /// The elements of the columns that do not fall into the padding, and where each of them goes.
  private static func places(
    _ windows: SlidingWindows, planes: Int
  ) -> (kept: [Int], starts: [Int]) {
    let walk = WindowWalk(windows)
    let columns = windows.outputCount
    var (kept, starts): ([Int], [Int]) = ([], [])
    // What tap and window meet, once for all planes.
    var pairs: [(source: Int, target: Int)] = []
    let kernel = windows.axes.map(\.kernel)
    let strides = windows.axes.map(\.input).rowMajorStrides
    walk.forEachWindow { number, index in
      for tap in 0..<windows.tapCount {
        let part = kernel.index(ofLinear: tap)
        var target = 0
        for (place, axis) in windows.axes.enumerated() {
          let coordinate = axis.coordinate(window: index[place], tap: part[place])
          guard 0..<axis.input ~= coordinate else {
            target = -1
            break
          }
          target += coordinate * strides[place]
        }
        if target >= 0 { pairs.append((tap * columns + number, target)) }
      }
    }
    for plane in 0..<planes {
      for pair in pairs {
        kept.append(plane * windows.tapCount * columns + pair.source)
        starts.append(plane * windows.inputCount + pair.target)
      }
    }
    return (kept, starts)
  }

  private static func folded(
    _ x: Tensor, _ kept: [Int], _ starts: [Int], _ shape: Shape, _ count: Int
  ) throws(KernelError) -> Tensor {
    let updates = try Selection(kept).tensor(of: x, shape: [kept.count])
    let empty = try Selection([Int](repeating: Selection.filled, count: count))
      .tensor(of: x, shape: shape)
    switch x.type {
    case .string, .bool:
      guard starts.count == count, Set(starts).count == count else {
        throw .unsupported(.type, "overlapping blocks of \(x.type.onnxName)")
      }
      return try Scattering(starts: starts, size: 1).tensor(empty, updates, .none)
    case .c64, .c128:
      let part: ElementType = x.type == .c64 ? .f32 : .f64
      let sums = try Scattering(starts: starts.map { 2 * $0 }, size: 2).tensor(
        try viewed(empty, part, [2 * count]), try viewed(updates, part, [2 * kept.count]), .add)
      return try viewed(sums, x.type, shape)
    default: return try Scattering(starts: starts, size: 1).tensor(empty, updates, .add)
    }
  }

  /// The same bytes under another type.
  private static func viewed(
    _ tensor: Tensor, _ type: ElementType, _ shape: Shape
  ) throws(KernelError) -> Tensor {
    guard let view = Tensor(type: type, shape: shape, bytes: tensor.bytes) else {
      throw .internalError("\(tensor.bytes.count) bytes for shape \(shape)")
    }
    return view
  }
}
