package import Tensors

/// A question about one floating-point number, as the operators IsNaN and IsInf ask it.
package enum NumberTest {
  /// A bool tensor with the answer for each element.
  package static func tensor(
    _ x: Tensor, _ holds: (Double) -> Bool
  ) throws(KernelError) -> Tensor {
    try .of(.bool, x.shape, try x.reals(Double.self).map { holds($0) ? 1 : 0 } as [UInt8])
  }
}
