import ExtendedArithmetic
import Tensors

/// What the models of ai.onnx.ml make of a row of scores.
///
///     NONE      the scores
///     SOFTMAX   exp(s[e]) / Σ exp(s[j])
///     LOGISTIC  1 / (1 + exp(−s[e]))
///
/// SOFTMAX_ZERO and PROBIT are names without a formula in the text: every value is left open.
enum PostTransform: Int {
  case none, softmax, logistic, softmaxZero, probit

  private static let words = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"]

  /// Reads `post_transform`, which is a word or, of TreeEnsemble, its number.
  init(_ call: Call, isNumber: Bool = false) throws(EvaluationError) {
    let number: Int
    if isNumber {
      number = try call.int("post_transform", default: 0)
    } else {
      let word = try call.string("post_transform", default: "NONE")
      number = Self.words.firstIndex(of: word) ?? -1
    }
    guard let transform = Self(rawValue: number) else {
      throw .invalid("\(call.node.operatorName) with an unknown post_transform")
    }
    self = transform
  }

  /// Whether the text only names the transform.
  var isOpen: Bool { self == .softmaxZero || self == .probit }

  /// The transformed rows of scores, traced; zeros where the transform is open.
  func values(_ scores: [DoubleDouble], columns: Int, _ trace: Trace) -> [DoubleDouble] {
    switch self {
    case .none: return scores
    case .softmaxZero, .probit: return scores.map { _ in .zero }
    case .logistic: return scores.map { trace.primitive(.sigmoid, $0) }
    case .softmax:
      return stride(from: 0, to: scores.count, by: Swift.max(1, columns)).flatMap { start in
        let row = Array(scores[start..<start + columns])
        let greatest = row.maximum
        let e = row.map { trace.primitive(.exp, trace.subtract($0, greatest)) }
        let total = trace.sum(e)
        return e.map { trace.divide($0, by: total) }
      }
    }
  }
}

/// The scores of a model: a sum for each row and target, judged as sums or after a transform.
struct ScoreSums {
  let rows: Int
  let columns: Int
  let hasProducts: Bool
  /// For each score the terms and the rounded operations on the longest path; row-major.
  var sums: [(terms: [DoubleDouble], height: Int)] = []
  /// Scores that the text leaves open; row-major, empty when there is none.
  var open: [Bool] = []

  init(rows: Int, columns: Int, hasProducts: Bool) {
    (self.rows, self.columns, self.hasProducts) = (rows, columns, hasProducts)
  }

  /// The exact scores before any transform.
  var values: [DoubleDouble] { sums.map { ExactSum($0.terms, measuringPaths: false).value } }

  /// The scores as an output of a type.
  func outcome(
    _ transform: PostTransform, _ type: ElementType, _ trace: Trace
  ) -> Outcome {
    let shape = [rows, columns]
    var outcome: Outcome
    var open = open
    if transform == .none {
      outcome = plain(type, shape, trace)
    } else {
      let scores = sums.map {
        trace.noted(
          ExactSum($0.terms, measuringPaths: trace.measuresPaths), hasProducts: hasProducts)
      }
      let results = transform.values(scores, columns: columns, trace)
      outcome = .composite(ExactTensor(type, shape, reals: results))
    }
    if transform.isOpen { open = sums.map { _ in true } }
    outcome.undefined = OpenElements.mask(open)
    return outcome
  }

  private func plain(_ type: ElementType, _ shape: Shape, _ trace: Trace) -> Outcome {
    var output = AccumulatedTensor(hasProducts: hasProducts, trace: trace)
    for (terms, height) in sums {
      if height == 0 {
        output.append(exact: terms.first ?? .zero)
      } else {
        output.append(terms, height: height)
      }
    }
    return output.outcome(type, shape)
  }
}

/// The class with the highest score of each row.
enum TopClass {
  /// Scores closer than this part of the terms they are summed of decide nothing: the rounding of
  /// the narrowest declared inputs may exchange them. Two factors rounded to bfloat16 move a score
  /// by less than 2·2^-8/(1 + 2^-8) of its terms, two scores by 2^-6·(1 − 2^-8); what is left is
  /// room for sums of 512 terms in float32. Equal scores are left open by the text.
  private static let margin = 0x1p-6

  /// The labels of the best classes, open where the lead is too small.
  static func outcome(_ scores: ScoreSums, labels: ExactTensor) throws(EvaluationError) -> Outcome {
    let values = scores.values
    let sizes = scores.sums.map { $0.terms.reduce(0) { $0 + $1.high.magnitude } }
    var best: [Int] = []
    var open: [Bool] = []
    for row in 0..<scores.rows {
      let range = row * scores.columns..<(row + 1) * scores.columns
      let order = range.sorted { values[$0].high > values[$1].high }
      guard let first = order.first else { throw .invalid("scores of no class") }
      best.append(first - range.lowerBound)
      let lead = order.count > 1 ? (values[first] - values[order[1]]).high : .infinity
      let size = range.reduce(0) { Swift.max($0, sizes[$1]) }
      let isKnown = range.allSatisfy { values[$0].isFinite } && lead > margin * size
      open.append(!isKnown || !scores.open.isEmpty && scores.open[range].contains(true))
    }
    var outcome = Outcome.exact(try labels.gathered(best, shape: [scores.rows]))
    outcome.undefined = OpenElements.mask(open)
    return outcome
  }

  /// The one list of labels that a classifier states.
  static func labels(
    _ call: Call, integers: String, strings: String
  ) throws(EvaluationError) -> ExactTensor {
    let numbers = try call.ints(integers)
    let texts = try call.strings(strings)
    guard (numbers == nil) != (texts == nil) else {
      throw .invalid("\(call.node.operatorName) needs exactly one list of class labels")
    }
    let labels =
      texts.map { ExactTensor([$0.count], strings: $0) }
      ?? ExactTensor(
        .i64, [numbers?.count ?? 0], integers: (numbers ?? []).map { Int128($0) })
    guard labels.count > 0 else { throw .invalid("\(call.node.operatorName) of no class") }
    return labels
  }
}
