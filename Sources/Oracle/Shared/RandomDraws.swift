import ExtendedArithmetic
import Spec
import Tensors

/// Floating-point draws of one distribution, for the generators of that distribution.
///
/// Only statistics are judged; `seed` promises no number, and none that comes twice.
struct RandomDraws {
  /// Draws evaluated in one call at most.
  private static let greatestCount = 1 << 22

  let distribution: Distribution
  /// Tells the streams of different distributions apart under one seed.
  private let stream: UInt64

  /// The normal distribution of `mean` and `scale`.
  static func normal(_ call: Call) throws(EvaluationError) -> RandomDraws {
    let mean = try call.float("mean", default: 0)
    let deviation = try call.float("scale", default: 1)
    guard mean.isFinite, deviation.isFinite, deviation > 0 else {
      throw .unsupported("a normal distribution of mean \(mean) and deviation \(deviation)")
    }
    return RandomDraws(distribution: .normal(mean: mean, deviation: deviation), stream: 1)
  }

  /// The uniform distribution between `low` and `high`.
  static func uniform(_ call: Call) throws(EvaluationError) -> RandomDraws {
    let low = try call.float("low", default: 0)
    let high = try call.float("high", default: 1)
    guard low.isFinite, high.isFinite, low < high else {
      throw .unsupported("a uniform distribution between \(low) and \(high)")
    }
    return RandomDraws(distribution: .uniform(low: low, high: high), stream: 3)
  }

  /// A tensor of the attribute `shape`, float unless `dtype` names another type.
  func ofStatedShape(_ call: Call) throws(EvaluationError) -> [Outcome] {
    guard let shape = try call.ints("shape") else {
      throw .invalid("\(call.node.operatorName) lacks its shape")
    }
    return try outcomes(call, shape, fallback: .f32)
  }

  /// A tensor of the input's shape, and of its type unless `dtype` names another one.
  func ofInputShape(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let input = try call.tensor(0)
    return try outcomes(call, input.shape, fallback: input.type)
  }

  private func outcomes(
    _ call: Call, _ shape: Shape, fallback: ElementType
  ) throws(EvaluationError) -> [Outcome] {
    let name = call.node.operatorName
    var type = fallback
    if call.node.attributes["dtype"] != nil {
      type = try Conversion.target(number: try call.int("dtype"))
    }
    guard [.f16, .f32, .f64].contains(type) || type == .bf16 && call.version >= 22 else {
      throw .invalid("\(name) of \(type.onnxName)")
    }
    guard let count = shape.elementCount else { throw .invalid("\(name) of shape \(shape)") }
    guard count <= Self.greatestCount else { throw .unsupported("\(name) of shape \(shape)") }
    // The oracle's own draw, for when it serves as a backend.
    var random = CounterRandom(key: (UInt64(bitPattern: Int64(call.node.seedWord)), stream))
    let draws = (0..<count).map { _ in DoubleDouble(draw(&random)) }
    return [Outcome(.tensor(ExactTensor(type, shape, reals: draws)), .random(distribution))]
  }

  private func draw(_ random: inout CounterRandom) -> Double {
    switch distribution {
    case .normal(let mean, let deviation): mean + deviation * random.nextNormal()
    case .uniform(let low, let high): low + (high - low) * random.nextUnit()
    case .bernoulli, .categorical: 0
    }
  }
}
