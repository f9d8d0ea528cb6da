import Tensors

/// The discrete Fourier transform along one axis, in binary64 and rounded once.
enum DFTKernel: OperatorKernel {
  static let name = "DFT"
  static let versions = [17, 20]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let problem = try TransformProblem<Double>(dft: call)
    let transform = try FourierTransform(length: problem.length, isInverse: problem.isInverse)
    let values = problem.results { transform($0) }
    return [.tensor(try .rounding(values, to: try call.tensor(0).type, problem.shape))]
  }
}
