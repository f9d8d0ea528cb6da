import ExtendedArithmetic
import Tensors

/// Classification by support vectors.
///
/// The text leaves `coefficients`, `rho`, `support_vectors` and `vectors_per_class` without a word.
/// Evaluated is what all readings of them have in common, see `PairwiseDecisions`:
///
/// - (C1) Y has one label of the stated kind for each row, Z float32 scores [N, E]; a vector of
///   features is one row.
/// - (C2) Exactly one list of labels is stated.
/// - (C3) The kernels are LINEAR, POLY, RBF and SIGMOID, with three parameters if any.
/// - (C4) `prob_a` and `prob_b` have one length.
/// - (C5) `post_transform` is one of the five words.
/// - (C6) The label is that of the class with the most votes of the decisions between each two
///   classes, where every reading gives the same one, and so does the greatest sum of decisions.
/// - (C7) With probabilities of two classes the label stands where 1 / (1 + exp(A·d + B)), the
///   customary probability of the first (Platt 1999), says the same.
/// - Left open: all other labels, among them those of models without support vectors, and scores.
/// - Accuracy: exact labels.
/// - Source: onnx/onnx docs/Operators-ml.md, ai.onnx.ml.SVMClassifier.
enum SVMClassifierEvaluator: Evaluator {
  static let name = "SVMClassifier"
  static let domain = "ai.onnx.ml"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    _ = try PostTransform(call)
    let kernel = try SupportVectorKernel(call)
    let labels = try TopClass.labels(
      call, integers: "classlabels_ints", strings: "classlabels_strings")
    let x = try FeatureMatrix(call, acceptsVectors: true)
    let slopes = try call.floats("prob_a")
    let offsets = try call.floats("prob_b")
    guard slopes?.count == offsets?.count else {
      throw .invalid("SVMClassifier with prob_a and prob_b of different lengths")
    }
    let decisions = try PairwiseDecisions(call, kernel, classes: labels.count, width: x.width)
    let readings = (0..<x.rows).map { row in
      // A number that is no float32 may be cast to it before anything else.
      decisions?.readings(x.row(row).map { x.isSingle ? $0 : call.trace.step($0) }) ?? []
    }
    guard let decisions, labels.count == 2, slopes?.count == 1, let slope = slopes?.first,
      let offset = offsets?.first
    else {
      let hasProbabilities = !(slopes ?? []).isEmpty
      let winners = readings.map { hasProbabilities ? nil : winner($0, decisions) }
      return [try label(winners, labels), open(x.rows, labels.count)]
    }
    let line = SigmoidLine(slope: DoubleDouble(slope), offset: DoubleDouble(offset))
    let winners = readings.map { reading in
      winner(reading, decisions).flatMap { line.agrees(reading, on: $0) ? $0 : nil }
    }
    return [try label(winners, labels), open(x.rows, 2)]
  }

  /// The class that wins in every reading.
  private static func winner(
    _ readings: [[PairwiseDecisions.Decision]], _ decisions: PairwiseDecisions?
  ) -> Int? {
    let winners = Set(readings.map { decisions?.winner($0) })
    return winners.count == 1 ? winners.first ?? nil : nil
  }

  private static func label(
    _ winners: [Int?], _ labels: ExactTensor
  ) throws(EvaluationError) -> Outcome {
    var outcome = Outcome.exact(
      try labels.gathered(winners.map { $0 ?? 0 }, shape: [winners.count]))
    outcome.undefined = OpenElements.mask(winners.map { $0 == nil })
    return outcome
  }

  private static func open(_ rows: Int, _ classes: Int) -> Outcome {
    let scores = Array(repeating: DoubleDouble.zero, count: rows * classes)
    var outcome = Outcome.exact(ExactTensor(.f32, [rows, classes], reals: scores))
    outcome.undefined = OpenElements.mask(scores.map { _ in true })
    return outcome
  }
}

/// The probability of the first of two classes by the decision between them.
private struct SigmoidLine {
  let slope: DoubleDouble
  let offset: DoubleDouble

  /// Whether in every reading the winner is the likelier class too, clearly.
  func agrees(_ readings: [[PairwiseDecisions.Decision]], on winner: Int) -> Bool {
    readings.allSatisfy { decisions in
      guard let (value, size) = decisions.first else { return false }
      let argument = slope.high * value.high + offset.high
      let reach = slope.high.magnitude * size + offset.high.magnitude
      guard argument.magnitude > PairwiseDecisions.margin * reach else { return false }
      return (argument < 0) == (winner == 0)
    }
  }
}
