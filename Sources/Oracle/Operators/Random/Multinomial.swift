import ExtendedArithmetic
import Spec
import Tensors

/// Classes drawn with the probabilities of each row; only their statistics are judged.
///
///     P(y[b, ·] = c) = exp(x[b, c]) / Σ_k exp(x[b, k])
///
/// - (C1) The result has the input's rows and `sample_size` columns.
/// - (C2) Every value is a class, and none of probability 0 comes.
/// - (C3) Rows are unnormalised logarithms of probabilities.
/// - (C4) `dtype` is int32, the default, or int64.
/// - (C5) The input has rank 2.
/// - Source: onnx/onnx docs/Operators.md, Multinomial.
enum MultinomialEvaluator: Evaluator {
  static let name = "Multinomial"
  /// Draws evaluated in one call at most.
  private static let greatestCount = 1 << 22

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let type = try Conversion.target(number: try call.int("dtype", default: 6))
    guard type == .i32 || type == .i64 else { throw .invalid("Multinomial of \(type.onnxName)") }
    guard x.rank == 2 else { throw .invalid("Multinomial of shape \(x.shape)") }
    let (rows, classes) = (x.shape[0], x.shape[1])
    let samples = try call.int("sample_size", default: 1)
    guard samples >= 0 else { throw .invalid("Multinomial of \(samples) samples") }
    guard samples <= Self.greatestCount / Swift.max(1, rows) else {
      throw .unsupported("Multinomial of \(samples) samples")
    }
    let logits = try x.reals()
    var random = CounterRandom(key: (UInt64(bitPattern: Int64(call.node.seedWord)), 4))
    var (probabilities, draws): ([Double], [Int128]) = ([], [])
    for row in 0..<rows {
      let weights = try Self.weights(logits[(row * classes)..<((row + 1) * classes)])
      probabilities += weights
      for _ in 0..<samples { draws.append(Int128(Self.draw(weights, random.nextUnit()))) }
    }
    return [
      Outcome(
        .tensor(ExactTensor(type, [rows, samples], integers: draws)),
        .random(.categorical(probabilities, classes: classes)))
    ]
  }

  /// The probabilities of one row.
  private static func weights(
    _ logits: ArraySlice<DoubleDouble>
  ) throws(EvaluationError) -> [Double] {
    let greatest = Array(logits).maximum
    guard greatest.isFinite else { throw .unsupported("Multinomial of a row without a sum") }
    let powers = logits.map { DoubleDouble.exp($0 - greatest) }
    let total = powers.reduce(DoubleDouble.zero) { $0 + $1 }
    return powers.map { ($0 / total).high }
  }

  /// The first class whose share of the unit interval holds the number.
  private static func draw(_ weights: [Double], _ unit: Double) -> Int {
    var (sum, last) = (0.0, 0)
    for (index, weight) in weights.enumerated() where weight > 0 {
      sum += weight
      last = index
      if unit < sum { break }
    }
    return last
  }
}
