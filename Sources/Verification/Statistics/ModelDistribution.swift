import Spec
import Tensors

/// The rules over the tokens of a model's output, and over its answers (numerics §6.10).
struct ModelDistribution {
  static let tokenLimit = 2.0
  static let globalLimit = 1.5
  static let maximumLimit = 8.0
  /// The lead, in σ of the token, from which on the largest score is decided.
  static let decidedLead = 6.0

  /// A limit on the root mean square of so many elements: the stated one, or what independent
  /// standard normal errors exceed once in a million where that is more.
  ///
  /// √(χ²_n/n) at a probability of 10^-6, by the cube root of E. B. Wilson and M. M. Hilferty (1931),
  /// which is larger than the exact value: 5.2 for 4.9 at n = 1, 2.19 for 2.17 at n = 10.
  static func limit(_ stated: Double, elements: Int) -> Double {
    let part = 2 / (9 * Double(max(1, elements)))
    let root = 1 - part + 4.7534 * part.squareRoot()
    return max(stated, (root * root * root).squareRoot())
  }

  let rule: TokenRule
  let layout: TokenLayout
  let shape: Shape
  let golden: [Double]
  let observed: [Double]
  /// σ by element, the same within a token.
  let sigmas: [Double]

  /// The first rule that the errors break, in words; nil when they break none.
  func failure(_ sample: ZSample) -> String? {
    guard sample.count > 0 else { return answerFailure }
    let short = DecimalText.short
    let tokens = layout.rootMeanSquares(sample.values)
    let tokenLimit = Self.limit(Self.tokenLimit, elements: sample.values.count / layout.count)
    if let worst = tokens.indices.max(by: { tokens[$0] < tokens[$1] }),
      !(tokens[worst] <= tokenLimit)
    {
      let broken = tokens.count { !($0 <= tokenLimit) }
      return "RMS z is \(short(tokens[worst])) over \(layout.name(of: worst)), "
        + "limit \(short(tokenLimit)); \(broken) of \(layout.count) tokens beyond (numerics §6.10)"
    }
    let global = (sample.squareSum / Double(sample.count)).squareRoot()
    let globalLimit = Self.limit(Self.globalLimit, elements: sample.count)
    if !(global <= globalLimit) {
      return "RMS z is \(short(global)) over all tokens, limit \(short(globalLimit)) "
        + "(numerics §6.10)"
    }
    if !(sample.maximum <= Self.maximumLimit) {
      return "max |z| is \(short(sample.maximum)), limit 8 (numerics §6.10)"
    }
    return answerFailure
  }

  /// A row of scores whose largest is another one, although the golden's lead is beyond doubt.
  private var answerFailure: String? {
    guard rule.isLogits, let width = shape.last, width > 1 else { return nil }
    for start in stride(from: 0, to: golden.count, by: width) {
      let row = start..<(start + width)
      let ranked = row.sorted { golden[$0] > golden[$1] }
      guard let first = row.max(by: { observed[$0] < observed[$1] }) else { continue }
      let lead = golden[ranked[0]] - golden[ranked[1]]
      guard lead > Self.decidedLead * sigmas[start], first != ranked[0] else { continue }
      return "the largest score of \(layout.name(of: layout.tokens[start])) is \(first - start), "
        + "golden \(ranked[0] - start) with a lead of "
        + "\(DecimalText.short(lead / sigmas[start]))σ (numerics §6.10)"
    }
    return nil
  }
}
