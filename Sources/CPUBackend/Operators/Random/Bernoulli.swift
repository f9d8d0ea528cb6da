import Tensors

/// Independent draws of 1 with the probability that each element of the input gives, else 0.
///
/// The probability is met within 2^-53. One outside of 0 … 1 counts as the nearer end, NaN as 0.
enum BernoulliKernel: OperatorKernel {
  static let name = "Bernoulli"
  static let versions = [15, 22]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    if let type = try declaration.attributes.elementType("dtype") { return [.tensor(type)] }
    return [declaration.inputTypes.first ?? nil]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let type = try call.attributes.elementType("dtype") ?? x.type
    var stream = try RandomStream(call, name: "Bernoulli")
    var draws: [UInt8] = []
    for probability in try x.reals(Double.self) {
      draws.append(stream.nextUnit() < probability ? 1 : 0)
    }
    let conversion = Conversion(to: type, overflow: .saturate, powerOfTwoRounding: .up)
    return [.tensor(try conversion.tensor(try .of(.bool, x.shape, draws)))]
  }
}
