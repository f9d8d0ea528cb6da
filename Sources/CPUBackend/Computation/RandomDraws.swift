import Tensors

/// Floating-point draws of one distribution, rounded once to the output type.
protocol RandomDraws: OperatorKernel {
  /// The next number, given what the call says about the distribution.
  static func next(_ stream: inout RandomStream, _ parameters: (Double, Double)) -> Double
  /// Names and defaults of the attributes that are the two parameters.
  static var parameters: (first: DrawParameter, second: DrawParameter) { get }
  /// Whether the shape is that of the first input, and not an attribute.
  static var isLike: Bool { get }
}

/// A float attribute that is a parameter of a distribution.
struct DrawParameter {
  let name: String
  let fallback: Float

  func value(_ call: Call) throws(KernelError) -> Double {
    Double(try call.float(name, default: fallback))
  }
}

extension RandomDraws {
  static var versions: [Int] { [1, 22] }
  static var isLike: Bool { false }

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    if let type = try declaration.attributes.elementType("dtype") { return [.tensor(type)] }
    return [isLike ? declaration.inputTypes.first ?? nil : .tensor(.f32)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let shape = try shape(call)
    let fallback = isLike ? try call.tensor(0).type : .f32
    let type = try call.attributes.elementType("dtype") ?? fallback
    guard type.isFloat else {
      throw .invalidModel("\(type.onnxName) is no type of numbers drawn by \(name)")
    }
    let count = try Allocation.count(of: shape, type: .f64)
    let pair = (try parameters.first.value(call), try parameters.second.value(call))
    var stream = try RandomStream(call, name: name)
    var draws = [Double](repeating: 0, count: count)
    for index in draws.indices { draws[index] = next(&stream, pair) }
    return [.tensor(try .rounding(draws, to: type, shape))]
  }

  private static func shape(_ call: Call) throws(KernelError) -> Shape {
    if isLike { return try call.tensor(0).shape }
    guard let shape = try call.ints("shape") else {
      throw .invalidModel("attribute shape is missing")
    }
    return shape
  }
}

/// Normal numbers with the mean `mean` and the standard deviation `scale`.
protocol NormalDraws: RandomDraws {}

extension NormalDraws {
  static var parameters: (first: DrawParameter, second: DrawParameter) {
    (DrawParameter(name: "mean", fallback: 0), DrawParameter(name: "scale", fallback: 1))
  }

  static func next(_ stream: inout RandomStream, _ parameters: (Double, Double)) -> Double {
    parameters.0 + parameters.1 * stream.nextNormal()
  }
}

/// Uniform numbers of at least `low` and below `high`, but for their rounding.
protocol UniformDraws: RandomDraws {}

extension UniformDraws {
  static var parameters: (first: DrawParameter, second: DrawParameter) {
    (DrawParameter(name: "low", fallback: 0), DrawParameter(name: "high", fallback: 1))
  }

  static func next(_ stream: inout RandomStream, _ parameters: (Double, Double)) -> Double {
    parameters.0 + (parameters.1 - parameters.0) * stream.nextUnit()
  }
}
