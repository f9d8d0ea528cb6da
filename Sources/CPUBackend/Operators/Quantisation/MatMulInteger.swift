import Tensors

/// The matrix product of 8-bit integers less their zero points; 32-bit sums wrap around.
///
/// A zero point belongs to the whole operand, to each row of the first or each column of the second.
enum MatMulIntegerKernel: OperatorKernel {
  static let name = "MatMulInteger"
  static let versions = [10]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    let product = try QuantisedProduct(a.shape, b.shape)
    let left = try QuantisedLine.row.differences(a, try call.optionalTensor(2))
    let right = try QuantisedLine.column.differences(b, try call.optionalTensor(3))
    let sums = product.sums(left, right, pool: call.resources.pool)
    return [.tensor(try .of(.i32, product.shape, sums))]
  }
}
