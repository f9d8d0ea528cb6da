import Tensors

/// The convolution of 8-bit integers less their zero points; 32-bit sums wrap around.
enum ConvIntegerKernel: OperatorKernel {
  static let name = "ConvInteger"
  static let versions = [10]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let convolution = try IntegerConvolution(
      call, try call.tensor(0), try call.tensor(1),
      zeroPoints: (try call.optionalTensor(2), try call.optionalTensor(3)))
    return [.tensor(try .of(.i32, convolution.shape, convolution.sums))]
  }
}
