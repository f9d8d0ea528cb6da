import ExtendedArithmetic
import Tensors

/// Rows divided by their maximum, their sum, or the root of the sum of their squares.
///
///     MAX: y = x / max(x)       L1: y = x / sum(x)       L2: y = sqrt(x² / sum(x²))
///
/// - (C1) The output is float32 with the shape of the input; each row of [N, C] is normalised by
///   itself, a vector as a whole.
/// - (C2) The formulas are the text's: maximum and sum are those of the numbers, not of their
///   magnitudes, and the results of L2 are roots, which are not negative.
/// - (C3) Where the divisor is zero, a row stays as it is.
/// - Left open: a maximum of NaN. Not evaluated: other ranks.
/// - Accuracy: a composite; two ways to take the root of a quotient.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.Normalizer.
enum NormalizerEvaluator: Evaluator {
  static let name = "Normalizer"
  static let domain = "ai.onnx.ml"
  static let decompositions = 2

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let norm = try call.string("norm", default: "MAX")
    guard ["MAX", "L1", "L2"].contains(norm) else {
      throw .invalid("Normalizer of the norm \"\(norm)\"")
    }
    let x = try FeatureMatrix(call, acceptsVectors: true)
    let trace = call.trace
    var results: [DoubleDouble] = []
    var open: [Bool] = []
    for row in 0..<x.rows {
      // A number that is no float32 may be cast to it before anything else.
      let own = x.row(row).map { x.isSingle ? $0 : trace.step($0) }
      results += normalised(own, norm, call)
      let isOpen = norm == "MAX" && own.contains(where: \.isNaN)
      open += own.map { _ in isOpen }
    }
    var outcome = Outcome.composite(ExactTensor(.f32, try call.tensor(0).shape, reals: results))
    outcome.undefined = OpenElements.mask(open)
    return [outcome]
  }

  private static func normalised(
    _ x: [DoubleDouble], _ norm: String, _ call: Call
  ) -> [DoubleDouble] {
    let trace = call.trace
    switch norm {
    case "MAX":
      let divisor = x.maximum
      return divisor.high == 0 ? x : x.map { trace.divide($0, by: divisor) }
    case "L1":
      let divisor = trace.sum(x)
      return divisor.high == 0 ? x : x.map { trace.divide($0, by: divisor) }
    default:
      let divisor = trace.sumOfSquares(x, readAs: .f32)
      guard divisor.high != 0 else { return x }
      if call.decomposition == 1 {
        let root = trace.primitive(.squareRoot, divisor)
        return x.map { trace.divide($0.magnitude, by: root) }
      }
      return x.map {
        trace.primitive(.squareRoot, trace.divide(trace.multiply($0, $0), by: divisor))
      }
    }
  }
}
