import Tensors

/// The matrix product over the last two axes, with the axes before them broadcast.
///
///     y[…, i, j] = Σ_p a[…, i, p] · b[…, p, j]
///
/// Operands of rank 1 are a row on the left and a column on the right; that axis is dropped from
/// the result. Types of 16 bits are multiplied and summed in `Float` and rounded once; integers wrap
/// around. An empty sum is zero.
enum MatMulKernel: OperatorKernel {
  static let name = "MatMul"
  static let versions = [9, 13]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    let product = try MatrixProduct(a.shape, b.shape)
    return [.tensor(try product.tensor(a, b, pool: call.resources.pool))]
  }
}
