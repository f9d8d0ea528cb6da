import Tensors

/// The discrete Fourier transforms of the windowed frames of a signal, in binary64 and rounded once.
enum STFTKernel: OperatorKernel {
  static let name = "STFT"
  static let versions = [17]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let problem = try TransformProblem<Double>(stft: call)
    let transform = try FourierTransform(length: problem.length, isInverse: problem.isInverse)
    let values = problem.results { transform($0) }
    return [.tensor(try .rounding(values, to: try call.tensor(0).type, problem.shape))]
  }
}
