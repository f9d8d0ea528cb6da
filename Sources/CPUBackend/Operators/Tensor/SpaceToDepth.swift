import Tensors

/// Blocks of rows and columns rearranged into channels: a transposition of six axes.
enum SpaceToDepthKernel: OperatorKernel {
  static let name = "SpaceToDepth"
  static let versions = [1, 13, 28]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try isColumnFirst(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let block = try call.int("blocksize", default: 0)
    guard x.shape.count == 4, (1...1 << 15).contains(block), x.shape[2] % block == 0,
      x.shape[3] % block == 0
    else { throw .invalidInput("shape \(x.shape) with blocks of \(block)") }
    let (n, depth, h, w) = (x.shape[0], x.shape[1], x.shape[2] / block, x.shape[3] / block)
    let view = StridedView(
      [n, depth, h, block, w, block],
      permutation: try isColumnFirst(call.attributes) ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4])
    return [.tensor(try view.tensor(of: x).under([n, depth &* block &* block, h, w]))]
  }

  private static func isColumnFirst(_ attributes: Attributes) throws(KernelError) -> Bool {
    try attributes.choice("mode", of: ["DCR", "CRD"], default: "DCR") == "CRD"
  }
}
