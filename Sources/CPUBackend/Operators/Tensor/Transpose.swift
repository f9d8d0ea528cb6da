import Tensors

/// The axes of a tensor in another order; reversed when `perm` is left out.
enum TransposeKernel: OperatorKernel {
  static let name = "Transpose"
  static let versions = [1, 13, 21, 23, 24, 25]

  static func check(_ declaration: Declaration) throws(KernelError) {
    guard let permutation = try declaration.attributes.ints("perm") else { return }
    guard permutation.sorted() == Array(permutation.indices) else {
      throw .invalidModel("perm \(permutation) is no permutation")
    }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let permutation = try call.ints("perm") ?? x.shape.indices.reversed()
    guard permutation.count == x.shape.count else {
      throw .invalidInput("perm \(permutation) is not for rank \(x.shape.count)")
    }
    return [.tensor(try StridedView(x.shape, permutation: permutation).tensor(of: x))]
  }
}
