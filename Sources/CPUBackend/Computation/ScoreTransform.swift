import Glibc

/// What the models of ai.onnx.ml make of a row of scores.
///
/// The standard names SOFTMAX_ZERO and PROBIT without a formula: here the former leaves zeros out
/// of the softmax, and the latter is the quantile of the normal distribution, √2·erf⁻¹(2p − 1).
package enum ScoreTransform: Int, Sendable {
  case none, softmax, logistic, softmaxZero, probit

  private static let words = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"]

  /// The transform of a word.
  package init(_ attributes: Attributes) throws(KernelError) {
    let word = try attributes.choice("post_transform", of: Self.words, default: "NONE")
    self = Self(rawValue: Self.words.firstIndex(of: word) ?? 0) ?? .none
  }

  /// The transform of a number, as TreeEnsemble states it.
  package init(number: Int) throws(KernelError) {
    guard let transform = Self(rawValue: number) else {
      throw .invalidModel("post_transform is \(number), it must be one of 0 to 4")
    }
    self = transform
  }

  /// The transformed row.
  package func callAsFunction(_ scores: [Double]) -> [Double] {
    switch self {
    case .none: scores
    case .softmax: Self.softmax(scores) { _ in true }
    case .softmaxZero: Self.softmax(scores) { $0 != 0 }
    case .logistic: scores.map { 1 / (1 + exp(-$0)) }
    case .probit: scores.map { Self.quantile($0) }
    }
  }

  private static func softmax(
    _ scores: [Double], where isMember: (Double) -> Bool
  ) -> [Double] {
    let greatest = scores.reduce(-Double.infinity) { $1.isNaN || $1 > $0 ? $1 : $0 }
    let powers = scores.map { isMember($0) ? exp($0 - greatest) : 0 }
    let total = powers.reduce(0, +)
    return powers.map { total == 0 ? 0 : $0 / total }
  }

  /// The number below which a normal variable lies with probability p, by bisection.
  private static func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    var (low, high) = (-40.0, 40.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if erfc(-middle / 2.0.squareRoot()) / 2 < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
