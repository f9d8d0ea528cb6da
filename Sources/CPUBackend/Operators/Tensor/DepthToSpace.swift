import Tensors

/// Blocks of channels rearranged into rows and columns: a transposition of six axes.
enum DepthToSpaceKernel: OperatorKernel {
  static let name = "DepthToSpace"
  static let versions = [1, 11, 13, 28]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try isColumnFirst(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let block = try call.int("blocksize", default: 0)
    guard x.shape.count == 4, (1...1 << 15).contains(block),
      x.shape[1] % (block * block) == 0
    else { throw .invalidInput("shape \(x.shape) with blocks of \(block)") }
    let (n, h, w) = (x.shape[0], x.shape[2], x.shape[3])
    let depth = x.shape[1] / (block * block)
    let isColumnFirst = try isColumnFirst(call.attributes)
    let parts = isColumnFirst ? [n, depth, block, block, h, w] : [n, block, block, depth, h, w]
    let view = StridedView(
      parts, permutation: isColumnFirst ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2])
    return [.tensor(try view.tensor(of: x).under([n, depth, h &* block, w &* block]))]
  }

  private static func isColumnFirst(_ attributes: Attributes) throws(KernelError) -> Bool {
    try attributes.choice("mode", of: ["DCR", "CRD"], default: "DCR") == "CRD"
  }
}
