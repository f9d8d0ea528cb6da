import ExtendedArithmetic

/// The kernel of a support vector machine: how alike a row of features and a support vector are.
///
///     LINEAR   x·s
///     POLY     (gamma · x·s + coef0)^degree
///     RBF      exp(−gamma · Σ(x − s)²)
///     SIGMOID  tanh(gamma · x·s + coef0)
///
/// The text gives the names and the order of the parameters; the formulas are those of the method
/// (Chang and Lin, LIBSVM: a library for support vector machines, 2011, §2).
struct SupportVectorKernel {
  private enum Kind: String {
    case linear = "LINEAR"
    case polynomial = "POLY"
    case radial = "RBF"
    case sigmoid = "SIGMOID"
  }

  private let kind: Kind
  private let gamma: DoubleDouble
  private let offset: DoubleDouble
  private let degree: Int
  private let trace: Trace

  /// Reads `kernel_type` and `kernel_params`.
  ///
  /// - Throws: `invalid` for an unknown kernel or other than three parameters; `unsupported` for
  ///   parameters that are not stated though the kernel has some, and degrees other than 0 … 64.
  init(_ call: Call) throws(EvaluationError) {
    let name = call.node.operatorName
    let word = try call.string("kernel_type", default: "LINEAR")
    guard let kind = Kind(rawValue: word) else { throw .invalid("\(name) of kernel \"\(word)\"") }
    let parameters = try call.floats("kernel_params") ?? []
    guard parameters.isEmpty || parameters.count == 3 else {
      throw .invalid("\(name) with \(parameters.count) kernel_params")
    }
    guard kind == .linear || parameters.count == 3 else {
      throw .unsupported("\(name) without kernel_params")
    }
    let power = parameters.last ?? 0
    guard let degree = Int(exactly: power), 0...64 ~= degree else {
      throw .unsupported("\(name) of degree \(power)")
    }
    self.kind = kind
    gamma = DoubleDouble(parameters.first ?? 0)
    offset = DoubleDouble(parameters.count == 3 ? parameters[1] : 0)
    self.degree = degree
    trace = call.trace
  }

  /// The kernel of two vectors of one length.
  func callAsFunction(_ x: [DoubleDouble], _ s: [DoubleDouble]) -> DoubleDouble {
    switch kind {
    case .linear: return trace.dot(x, s)
    case .polynomial:
      let base = line(x, s)
      return (0..<degree).reduce(DoubleDouble.one) { product, _ in trace.multiply(product, base) }
    case .radial:
      let squares = trace.sumOfSquares(
        zip(x, s).map { trace.subtract($0, $1) }, readAs: .f32)
      return trace.primitive(.exp, trace.multiply(.zero - gamma, squares))
    case .sigmoid: return trace.primitive(.tanh, line(x, s))
    }
  }

  /// What a relative change of every number by ε may change in the kernel, to first order, divided
  /// by ε; generous.
  func reach(_ x: [DoubleDouble], _ s: [DoubleDouble]) -> Double {
    let pairs = zip(x, s).map { ($0.high, $1.high) }
    let products = pairs.reduce(0) { $0 + ($1.0 * $1.1).magnitude }
    let line = (gamma.high * products).magnitude + offset.high.magnitude
    switch kind {
    case .linear: return products
    case .polynomial:
      return (0..<degree).reduce(Double(Swift.max(1, degree))) { reach, _ in reach * line }
    case .radial:
      let steps = pairs.reduce(0) {
        $0 + ($1.0 - $1.1).magnitude * ($1.0.magnitude + $1.1.magnitude)
      }
      let squares = pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let value = Primitive.exp(DoubleDouble(-gamma.high * squares)).high
      return value * (1 + 2 * gamma.high.magnitude * steps)
    case .sigmoid: return line + 1
    }
  }

  private func line(_ x: [DoubleDouble], _ s: [DoubleDouble]) -> DoubleDouble {
    trace.add(trace.multiply(gamma, trace.dot(x, s)), offset)
  }
}
