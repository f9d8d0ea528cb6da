import Tensors

/// The sum of products of elements over all axes that the equation does not keep.
///
/// Two operands are summed in `Float` (`Double` for float64), more operands in `Double`, so that
/// intermediate results cost no accuracy; rounded once. Integers wrap around. An axis of one element
/// is repeated.
enum EinsumKernel: OperatorKernel {
  static let name = "Einsum"
  static let versions = [12, 28]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let operands = try call.tensors()
    guard let type = operands.first?.type else { throw .invalidInput("there is no input") }
    guard let text = try call.attributes.string("equation") else {
      throw .invalidModel("attribute equation is missing")
    }
    let equation = try EinsumEquation(text, operands.map(\.shape))
    let shape = equation.shape(of: equation.result)
    let pool = call.resources.pool
    guard !type.isInteger else {
      let contraction = EinsumContraction<UInt64>(equation, pool: pool)
      let sums = try contraction.result(of: operands.map { ($0.shape, extended($0)) })
      guard let tensor = Tensor(type: type, shape: shape, codes: sums) else {
        throw .internalError("\(sums.count) sums for shape \(shape)")
      }
      return [.tensor(tensor)]
    }
    return [
      .tensor(
        type == .f64 || operands.count > 2
          ? try reals(operands, equation, as: Double.self, pool)
          : try reals(operands, equation, as: Float.self, pool))
    ]
  }

  private static func reals<Number: Real & EinsumElement>(
    _ operands: [Tensor], _ equation: EinsumEquation, as _: Number.Type, _ pool: ThreadPool
  ) throws(KernelError) -> Tensor {
    var terms: [(shape: Shape, elements: [Number])] = []
    for operand in operands { terms.append((operand.shape, try operand.reals(Number.self))) }
    let sums = try EinsumContraction<Number>(equation, pool: pool).result(of: terms)
    return try .rounding(sums, to: operands[0].type, equation.shape(of: equation.result))
  }

  /// Integers modulo 2^64.
  private static func extended(_ tensor: Tensor) -> [UInt64] {
    (tensor.integers ?? []).map { UInt64(truncatingIfNeeded: $0) }
  }
}
