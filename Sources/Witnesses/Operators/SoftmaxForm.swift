import CPUBackend
import Tensors

/// How the exponentials of a row and their sum are computed.
enum SoftmaxForm: Hashable, Sendable {
  /// The maximum, the exponentials, their sum, the quotients.
  case direct
  /// The same with one reciprocal and products instead of quotients.
  case reciprocal
  /// Maximum and sum in one pass: the sum so far is rescaled when the maximum grows.
  case online
  /// Powers of two of scaled differences.
  case exp2
  /// Powers of two of differences of scaled numbers, in one fused step. Only where all that is made
  /// of the exponentials is quotients, and where no scaled number overflows: in attention.
  case exp2Fused

  /// exp(x − m) of an element.
  func exponential<Number: ElementaryReal>(_ x: Number, less m: Number) -> Number {
    let scale = Number(Double.log2OfE)
    switch self {
    case .direct, .reciprocal, .online: return Number.exp(x - m)
    case .exp2: return Number.exp2((x - m) * scale)
    // The rounding of m·log2 e is the same factor of every element and cancels.
    case .exp2Fused: return Number.exp2((-(m * scale)).addingProduct(x, scale))
    }
  }

  /// The maximum of a row and the sum of exponentials of the differences from it.
  func parts<Number: ElementaryReal>(
    _ row: [Number], _ way: Summation
  ) -> (maximum: Number, sum: Number) {
    guard self == .online else {
      let maximum = row.reduce(-Number.infinity) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
      return (maximum, way.sum(row.map { exponential($0, less: maximum) }))
    }
    var (maximum, sum): (Number, Number) = (-.infinity, 0)
    for x in row {
      let next = maximum.isNaN || x.isNaN ? .nan : max(maximum, x)
      // So far there is nothing to rescale and nothing to add.
      guard next != -.infinity else { continue }
      sum = sum * Number.exp(maximum - next) + Number.exp(x - next)
      maximum = next
    }
    return (maximum, sum)
  }

  func softmax<Number: ElementaryReal>(_ row: [Number], _ way: Summation) -> [Number] {
    let (maximum, sum) = parts(row, way)
    guard self == .reciprocal else {
      return row.map { exponential($0, less: maximum) / sum }
    }
    let factor = 1 / sum
    return row.map { exponential($0, less: maximum) * factor }
  }

  func logSoftmax<Number: ElementaryReal>(_ row: [Number], _ way: Summation) -> [Number] {
    let (maximum, sum) = parts(row, way)
    let shift = Number.log(sum)
    return row.map { ($0 - maximum) - shift }
  }

  func logSumExp<Number: ElementaryReal>(_ row: [Number], _ way: Summation) -> Number {
    let (maximum, sum) = parts(row, way)
    // An infinite maximum is the result; shifting by it would give NaN.
    return maximum.isFinite ? maximum + Number.log(sum) : maximum
  }
}

extension Double {
  /// log2 e; the definition of exp2 by exp.
  static let log2OfE = 0x1.71547652b82fep0
}

/// The operators that are softmaxes or their parts.
struct SoftmaxOperators: Sendable {
  let form: SoftmaxForm
  let way: Summation

  var all: [String: Computation] {
    [
      "Softmax": .firstOutput { call, shape throws(KernelError) in
        try rows(call) { form.softmax($0 as [Float], way) }
      } double: { call, shape throws(KernelError) in
        try rows(call) { form.softmax($0 as [Double], way) }
      },
      "LogSoftmax": .firstOutput { call, shape throws(KernelError) in
        try rows(call) { form.logSoftmax($0 as [Float], way) }
      } double: { call, shape throws(KernelError) in
        try rows(call) { form.logSoftmax($0 as [Double], way) }
      },
      "ReduceLogSumExp": .firstOutput { call, shape throws(KernelError) in
        try reduced(call) { form.logSumExp($0 as [Float], way) }
      } double: { call, shape throws(KernelError) in
        try reduced(call) { form.logSumExp($0 as [Double], way) }
      },
    ]
  }

  /// Every step in binary16.
  var half: [String: Computation] {
    [
      "Softmax": .inHalf { call throws(KernelError) in
        try rows(call) { form.softmax($0, way) }
      },
      "LogSoftmax": .inHalf { call throws(KernelError) in
        try rows(call) { form.logSoftmax($0, way) }
      },
      "ReduceLogSumExp": .inHalf { call throws(KernelError) in
        try reduced(call) { form.logSumExp($0, way) }
      },
    ]
  }

  private func reduced<Number: ElementaryReal>(
    _ call: Call, _ body: ([Number]) -> Number
  ) throws(KernelError) -> [Number] {
    let x = try call.tensor(0)
    let lanes = try Reduction.lanes(call, x.shape, axesBecomeInput: 18)
    return Reduction.rows(try lanes.gathered(x).reals(Number.self), lanes).map(body)
  }

  private func rows<Number: ElementaryReal>(
    _ call: Call, _ body: ([Number]) -> [Number]
  ) throws(KernelError) -> [Number] {
    let x = try call.tensor(0)
    return try Reduction.mapping(x, lanes: try Self.lanes(call, x.shape), body)
  }

  /// One axis from version 13 on, before that all axes from `axis` on together.
  private static func lanes(_ call: Call, _ shape: Shape) throws(KernelError) -> Lanes {
    let isSingle = call.version >= 13
    let stated = try call.int("axis", default: isSingle ? -1 : 1)
    let axis = stated < 0 ? stated + shape.count : stated
    guard !shape.isEmpty else { return Lanes(shape, axes: []) }
    return Lanes(shape, axes: isSingle ? [axis] : Array(axis..<max(axis, shape.count)))
  }
}
